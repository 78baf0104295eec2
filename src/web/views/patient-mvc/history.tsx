/** Every MVC value that was ever entered or calibrated of a patient, with what became of it. */
import type { Pages } from '../../api/use-pages.ts'
import { date, dateTime } from '../../language/format.ts'
import { spreadText } from '../../mvc/spread.ts'
import { methodText, mvcText } from '../../mvc/value.tsx'
import { words as mvcWords } from '../../mvc/words.ts'
import { Badge, type BadgeKind } from '../../ui/badge.tsx'
import { Empty } from '../../ui/empty.tsx'
import { MoreButton } from '../../ui/more-button.tsx'
import { Pending } from '../../ui/pending.tsx'
import { Table } from '../../ui/table.tsx'
import { muscleName } from './muscle-name.ts'
import { endOf, type MvcRecord, type RecordState, stateOf } from './record-state.ts'
import { words } from './words.ts'

const KINDS: Readonly<Record<RecordState, BadgeKind>> = {
  'in-force': 'good',
  waiting: 'unknown',
  superseded: 'plain',
  withdrawn: 'plain',
  withdrawal: 'plain',
  ended: 'plain',
  future: 'plain',
}

/** Trials, channel, author and reservations of a record. */
function about({
  source,
  method,
  trials,
  spreadPercent,
  channel,
  recordedBy,
  flags,
  unitBasis,
}: MvcRecord): string[] {
  const t = words()
  const m = mvcWords()
  return [
    source === 'manual' && method === 'manual' ? null : methodText(method),
    trials === null ? null : t.trials(trials.length),
    spreadPercent === null ? null : t.spread(spreadText(spreadPercent)),
    channel === null ? null : t.ofRecording(channel.name),
    recordedBy === null ? null : t.byWhom(recordedBy),
    ...flags.map((flag) => m.flags(flag)),
    unitBasis === 'assumed' && !flags.includes('UNIT_ASSUMED') ? m.unitAssumed : null,
  ].filter((part) => part !== null)
}

export function MvcRecords({
  records,
  inForce,
  validityDays,
}: {
  readonly records: Pages<MvcRecord>
  /** Ids of the records that hold now. */
  readonly inForce: ReadonlySet<string>
  readonly validityDays: number
}) {
  const t = words()
  if (!records.items) return <Pending read={records} />
  if (records.items.length === 0) return <Empty title={t.historyNone} />
  const all = records.items
  const now = Date.now()
  return (
    <>
      <p class="soft">{t.historyWhat}</p>
      <Table
        caption={t.history}
        class="patient-mvc-history"
        columns={[t.muscle, { number: t.value }, t.recordState, t.source, t.held]}
      >
        {all.map((record) => {
          const state = stateOf(record, all, { inForce, validityDays, now })
          const end = endOf(record, validityDays)
          const isOver = ['superseded', 'withdrawn', 'withdrawal'].includes(state)
          return (
            <tr key={record.id} class={state}>
              <th scope="row">{muscleName(record)}</th>
              <td class="number">
                {record.value === null ? t.takenBack : mvcText(record.value, record.source)}
              </td>
              <td>
                <Badge kind={KINDS[state]}>{t.states(state)}</Badge>
              </td>
              <td>
                {t[record.source]}
                <ul class="soft">
                  <li>{t.enteredOn(dateTime(record.recordedAt))}</li>
                  {about(record).map((each) => (
                    <li key={each}>{each}</li>
                  ))}
                </ul>
              </td>
              <td class="when">
                {t.fromDate(date(record.validFrom))}
                <br />
                {isOver ? t.over : end === null ? t.noEnd : t.untilDate(date(end))}
              </td>
            </tr>
          )
        })}
      </Table>
      <MoreButton pages={records} />
    </>
  )
}
