/** Calibrating from an MVC recording: choose it, look at what was found in each channel, accept. */
import { useEffect, useId, useState } from 'preact/hooks'
import { ask } from '../../api/client.ts'
import { useRead } from '../../api/use-read.ts'
import { go, href, query } from '../../app/router.ts'
import { viewer } from '../../app/viewer.ts'
import { normalMuscle } from '../../mvc/muscle.ts'
import { Busy } from '../../ui/busy.tsx'
import { Empty } from '../../ui/empty.tsx'
import { TextField } from '../../ui/field.tsx'
import { Notice, ProblemNotice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { say } from '../../ui/toasts.tsx'
import { useTask } from '../../ui/use-task.ts'
import { calibrationOf, isOffered, type Row, rowProblems } from './assign.ts'
import { Choose } from './choose.tsx'
import { FoundChannel } from './found.tsx'
import { instantOf, localOf } from './instants.ts'
import { muscleName } from './muscle-name.ts'
import { useFound } from './use-found.ts'
import { type Item, refreshMvc } from './withdraw.tsx'
import { words } from './words.ts'
import './patient-mvc.css'

const valuesHref = (code: string): string => href(`/patients/${encodeURIComponent(code)}/mvc`)

interface FoundProperties {
  readonly code: string
  readonly recordingId: string
  /** When the session of the recording started, where it has one. */
  readonly startedAt: string | null
  readonly items: readonly Item[]
}

function Found({ code, recordingId, startedAt, items }: FoundProperties) {
  const t = words()
  const list = useId()
  const { rows: first, findings, problem, retry, lookAgain, stated } = useFound(recordingId)
  const [changed, setChanged] = useState<ReadonlyMap<number, Row>>(new Map())
  const [from, setFrom] = useState('')
  const [isTried, tried] = useState(false)
  useEffect(() => setFrom(startedAt === null ? '' : localOf(startedAt)), [startedAt])
  const begin = (row: Row): Row => {
    const finding = findings?.get(row.channel)
    return finding ? { ...row, isTaken: isOffered(finding) } : row
  }
  const rows = first?.map((row) => changed.get(row.channel) ?? begin(row)) ?? []
  const gives = (channel: number): boolean => findings?.get(channel)?.value != null
  const problems = rowProblems(rows, gives)
  const channels = calibrationOf(rows, gives, stated)
  const accept = useTask(async () => {
    const me = viewer.value
    const { data } = await ask('POST /api/mvc/calibrate', {
      body: {
        recordingId,
        patientCode: code,
        channels,
        validFrom: instantOf(from),
        recordedBy: me === undefined || me.id === 'open' ? null : me.name,
      },
    })
    refreshMvc(code)
    say(t.accepted(data.items.length))
    go(valuesHref(code))
  })
  const itemOf = ({ muscle, side }: Pick<Row, 'muscle' | 'side'>) =>
    items.find((item) => item.side === side && item.muscle === normalMuscle(muscle))
  const hidden = channels.map(itemOf).filter((item) => item?.source === 'manual')

  if (problem) return <ProblemNotice problem={problem} retry={retry} />
  if (first?.length === 0) return <Empty title={t.noChannels} />
  if (!findings) return <Busy label={t.computing} />
  return (
    <>
      <section class="card stack patient-mvc-part" aria-labelledby="calibrate-found">
        <h2 id="calibrate-found">{t.step2}</h2>
        <datalist id={list}>
          {[...new Set(items.map(({ muscle }) => muscle))].map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <ul class="patient-mvc-founds">
          {rows.map((row) => {
            const finding = findings.get(row.channel)
            return (
              finding && (
                <FoundChannel
                  key={row.channel}
                  row={row}
                  finding={finding}
                  problem={isTried ? problems.get(row.channel) : undefined}
                  list={list}
                  inForce={itemOf(row)?.value ?? null}
                  isDisabled={accept.isRunning}
                  lookAgain={lookAgain}
                  onChange={(next) => setChanged(new Map(changed).set(next.channel, next))}
                />
              )
            )
          })}
        </ul>
      </section>
      <section class="card stack patient-mvc-part" aria-labelledby="calibrate-accept">
        <h2 id="calibrate-accept">{t.step3}</h2>
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault()
            tried(problems.size > 0)
            if (problems.size === 0 && channels.length > 0) void accept.run()
          }}
        >
          <TextField
            label={t.measuredOn}
            type="datetime-local"
            hint={t.measuredHint}
            value={from}
            disabled={accept.isRunning}
            onInput={({ currentTarget }) => setFrom(currentTarget.value)}
          />
          {hidden.length > 0 && (
            <Notice kind="warning">
              <p>
                {t.manualFirst} {hidden.map((item) => item && muscleName(item)).join(', ')}
              </p>
            </Notice>
          )}
          {channels.length === 0 && <p>{t.nothingTaken}</p>}
          {accept.problem && (
            <ProblemNotice problem={accept.problem} texts={{ CALIBRATION_FAILED: t.failed }} />
          )}
          <div class="row">
            <button type="submit" class="primary" disabled={accept.isRunning || channels.length === 0}>
              {t.accept(channels.length)}
            </button>
          </div>
        </form>
      </section>
    </>
  )
}

/** @example the view at `/patients/:code/mvc/calibrate` */
export function Calibrate({ code }: { readonly code: string }) {
  const t = words()
  const values = useRead('GET /api/patients/{code}/mvc', { path: { code } })
  const recordingId = query.value.get('recording')
  return (
    <Page
      title={t.calibrateTitle(code)}
      trail={<a href={valuesHref(code)}>{t.toValues(code)}</a>}
      subtitle={t.calibrateHow}
    >
      {!values.data &&
        (values.problem ? <ProblemNotice problem={values.problem} retry={values.reload} /> : <Busy />)}
      {values.data && (
        <>
          <Choose code={code} chosen={recordingId} />
          {recordingId !== null && (
            <Found
              key={recordingId}
              code={code}
              recordingId={recordingId}
              startedAt={query.value.get('from')}
              items={values.data.items}
            />
          )}
        </>
      )}
    </Page>
  )
}
