/** The MVC values of a patient: which hold, where each is from, what was passed over, and all there ever were. */
import { useState } from 'preact/hooks'
import { usePages } from '../../api/use-pages.ts'
import { useRead } from '../../api/use-read.ts'
import { href } from '../../app/router.ts'
import { may } from '../../app/viewer.ts'
import { dateTime, fixed } from '../../language/format.ts'
import type { Muscle } from '../../mvc/recorded.ts'
import { SOURCES } from '../../mvc/resolution.ts'
import { useRecorded } from '../../mvc/use-recorded.ts'
import { MvcValue, mvcFacts, PassedOver } from '../../mvc/value.tsx'
import { words as mvcWords } from '../../mvc/words.ts'
import { Busy } from '../../ui/busy.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Facts } from '../../ui/facts.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { Enter } from './enter.tsx'
import { MvcRecords } from './history.tsx'
import { muscleName } from './muscle-name.ts'
import { endOf, type MvcRecord } from './record-state.ts'
import { Unrecorded } from './unrecorded.tsx'
import { type Item, Withdraw } from './withdraw.tsx'
import { words } from './words.ts'
import './patient-mvc.css'

interface ValueProperties {
  readonly item: Item
  /** The muscles that sessions of the patient record. */
  readonly recorded: readonly Muscle[]
  /** The stored record that it is from, as far as it is known. */
  readonly record: MvcRecord | undefined
  readonly validityDays: number
  readonly onEnter: () => void
  readonly onWithdraw: () => void
}

function Value({ item, recorded, record, validityDays, onEnter, onWithdraw }: ValueProperties) {
  const t = words()
  const m = mvcWords()
  const name = muscleName(item)
  const end = record && endOf(record, validityDays)
  const enter = item.value === null ? t.enter : t.enterOther
  const id = `mvc-${item.side}-${item.muscle.replace(/\s/g, '-')}`
  return (
    <section class={`card stack patient-mvc-value ${item.side}`} aria-labelledby={id}>
      <h3 id={id}>{name}</h3>
      <MvcValue resolution={item} />
      <Unrecorded of={item} recorded={recorded} />
      {record && record.flags.length > 0 && (
        <ul class="patient-mvc-flags">
          {record.flags.map((flag) => (
            <li key={flag}>{m.flags(flag)}</li>
          ))}
        </ul>
      )}
      {item.value !== null && (
        <Facts
          facts={[
            ...mvcFacts(item),
            ...(record ? [{ label: t.holdsUntil, value: end ? dateTime(end) : t.untilReplaced }] : []),
          ]}
        />
      )}
      <PassedOver resolution={item} of={name} />
      {may('mvc:write') && (
        <div class="row">
          <button type="button" aria-label={t.named(enter, name)} onClick={onEnter}>
            {enter}
          </button>
          {item.source === 'manual' && (
            <button type="button" aria-label={t.named(t.withdraw, name)} onClick={onWithdraw}>
              {t.withdraw}
            </button>
          )}
        </div>
      )}
    </section>
  )
}

type Open =
  | { readonly kind: 'enter'; readonly of?: Pick<Item, 'muscle' | 'side'> }
  | { readonly kind: 'withdraw'; readonly item: Item }

/** What the sources are, in the order in which they are asked. */
function Sources({ validityDays }: { readonly validityDays: number }) {
  const t = words()
  const m = mvcWords()
  return (
    <details class="card patient-mvc-sources">
      <summary>{t.order}</summary>
      <ol>
        {SOURCES.map((source) => (
          <li key={source}>
            <strong>{m.sources(source)}.</strong> {m.explains(source)}
            {source === 'patient-record' && ` (${t.days(fixed(validityDays))})`}
          </li>
        ))}
      </ol>
    </details>
  )
}

/** @example the view at `/patients/:code/mvc` */
export function PatientMvc({ code }: { readonly code: string }) {
  const t = words()
  const path = { code }
  const values = useRead('GET /api/patients/{code}/mvc', { path })
  const records = usePages('GET /api/patients/{code}/mvc/history', { path, query: { limit: '200' } })
  const recorded = useRecorded(code)
  const [open, setOpen] = useState<Open | null>(null)
  const { data } = values
  const close = () => setOpen(null)
  const patientHref = href(`/patients/${encodeURIComponent(code)}`)
  return (
    <Page
      title={t.title(code)}
      trail={<a href={patientHref}>{t.toPatient(code)}</a>}
      subtitle={t.intro}
      actions={
        may('mvc:write') && (
          <>
            <button type="button" onClick={() => setOpen({ kind: 'enter' })}>
              {t.enter}
            </button>
            <a class="button primary" href={href(`/patients/${encodeURIComponent(code)}/mvc/calibrate`)}>
              {t.calibrate}
            </a>
          </>
        )
      }
    >
      {!data &&
        (values.problem ? <ProblemNotice problem={values.problem} retry={values.reload} /> : <Busy />)}
      {data && (
        <>
          <section class="stack patient-mvc-part" aria-labelledby="mvc-in-force">
            <h2 id="mvc-in-force">{t.inForce}</h2>
            {data.items.length === 0 ? (
              <Empty title={t.none} text={t.noneWhat}>
                <p>{t.nonePerSession}</p>
              </Empty>
            ) : (
              <div class="patient-mvc-values">
                {data.items.map((item) => (
                  <Value
                    key={`${item.side} ${item.muscle}`}
                    item={item}
                    recorded={recorded}
                    record={records.items?.find(({ id }) => id === item.recordId)}
                    validityDays={data.validityDays}
                    onEnter={() => setOpen({ kind: 'enter', of: item })}
                    onWithdraw={() => setOpen({ kind: 'withdraw', item })}
                  />
                ))}
              </div>
            )}
          </section>
          <Sources validityDays={data.validityDays} />
          <section class="card stack patient-mvc-part" aria-labelledby="mvc-history">
            <h2 id="mvc-history">{t.history}</h2>
            <MvcRecords
              records={records}
              inForce={new Set(data.items.flatMap(({ recordId }) => recordId ?? []))}
              validityDays={data.validityDays}
            />
          </section>
          {open?.kind === 'enter' && (
            <Enter code={code} items={data.items} recorded={recorded} of={open.of} onClose={close} />
          )}
          {open?.kind === 'withdraw' && <Withdraw code={code} item={open.item} onClose={close} />}
        </>
      )}
    </Page>
  )
}
