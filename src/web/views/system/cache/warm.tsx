/** Filling the cache with what will be asked for, and how far that is. */
import { useEffect, useState } from 'preact/hooks'
import { type Answer, ask } from '../../../api/client.ts'
import { refresh, useRead } from '../../../api/use-read.ts'
import { may } from '../../../app/viewer.ts'
import { ago, fixed } from '../../../language/format.ts'
import { Badge, type BadgeKind } from '../../../ui/badge.tsx'
import { Busy } from '../../../ui/busy.tsx'
import { Confirm } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/field.tsx'
import { Progress } from '../../../ui/meter.tsx'
import { ProblemNotice } from '../../../ui/notice.tsx'
import { Scrolling } from '../../../ui/scrolling.tsx'
import { useTask } from '../../../ui/use-task.ts'
import { wordOf } from '../word-of.ts'
import { operateWords } from './operate-words.ts'
import type { Snapshot } from './use-live.ts'

type Warmings = Answer<'GET /api/cache/warm'>
type Warming = Warmings['available'][number]
type Step = Warmings['steps'][number]

const KINDS: Readonly<Record<Step['state'], BadgeKind>> = {
  waiting: 'unknown',
  running: 'running',
  done: 'good',
  failed: 'bad',
  ended: 'warning',
}

/** What a warming is about: in the language of the page for those that come with the program. */
const summaryOf = ({ name, summary }: Pick<Warming, 'name' | 'summary'>): string =>
  wordOf(operateWords(), `summary_${name.replace(/[^a-z]/g, '_')}`) ?? summary

function StepRow({ step }: { readonly step: Step }) {
  const t = operateWords()
  const { total, done, failed, state } = step
  return (
    <tr>
      <th scope="row">
        {summaryOf(step)}
        <span class="soft">
          <code>{step.name}</code>
        </span>
      </th>
      <td>
        <Badge kind={KINDS[state]}>{t[`step_${state}`]}</Badge>
      </td>
      <td>
        {total === 0 ? (
          <span class="soft">{t.nothingThere}</span>
        ) : (
          <Progress
            label={total === null ? fixed(done) : t.ofTotal(fixed(done), fixed(total))}
            share={total === null ? (state === 'running' ? null : 1) : done / total}
            {...(failed > 0 && { text: t.itemsFailed(fixed(failed)) })}
          />
        )}
      </td>
    </tr>
  )
}

function Run({ run }: { readonly run: Warmings }) {
  const t = operateWords()
  const { running, finishedAt, steps } = run
  return (
    <>
      <p role="status">{running ? t.running : finishedAt ? t.lastRun(ago(finishedAt)) : t.neverRun}</p>
      {steps.length > 0 && (
        <Scrolling label={t.warming}>
          <table>
            <caption class="hidden-text">{t.warming}</caption>
            <tbody>
              {steps.map((step) => (
                <StepRow key={step.name} step={step} />
              ))}
            </tbody>
          </table>
        </Scrolling>
      )}
    </>
  )
}

/** Asks first; a warming that is about a patient asks which. */
function ConfirmWarming({
  warming,
  onClose,
}: {
  readonly warming: Warming | null
  readonly onClose: () => void
}) {
  const t = operateWords()
  const [about, setAbout] = useState('')
  const [isMissing, setMissing] = useState(false)
  const wantsPatient = warming?.about != null
  const task = useTask(async () => {
    await ask('POST /api/cache/warm', {
      query: { ...(warming && { name: warming.name }), ...(wantsPatient && { about: about.trim() }) },
    })
    refresh('/api/cache/warm')
    onClose()
  })
  const start = async () => {
    if (wantsPatient && about.trim() === '') setMissing(true)
    else await task.run()
  }
  return (
    <Confirm title={t.warmTitle} verb={t.warm} task={{ ...task, run: start }} onClose={onClose}>
      <p>{warming ? summaryOf(warming) : t.warmAll}</p>
      {wantsPatient && (
        <TextField
          label={t.about}
          value={about}
          error={isMissing && about.trim() === '' ? t.aboutMissing : undefined}
          maxLength={250}
          autocomplete="off"
          onInput={({ currentTarget }) => setAbout(currentTarget.value)}
        />
      )}
      <p>{t.warmText}</p>
    </Confirm>
  )
}

/** @param latest of the stream: it tells when there is more to be read of a run */
export function Warm({ latest }: { readonly latest: Snapshot | undefined }) {
  const t = operateWords()
  const { data, problem, reload } = useRead('GET /api/cache/warm', {})
  const [asking, setAsking] = useState<Warming | 'all' | undefined>()
  const isRunning = data?.running || latest?.warming
  useEffect(() => {
    if (isRunning) refresh('/api/cache/warm')
  }, [latest?.at])
  return (
    <section aria-labelledby="cache-warm">
      <h2 id="cache-warm">{t.warm}</h2>
      <p class="soft">{t.warmIntro}</p>
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {!data && !problem && <Busy />}
      {data && <Run run={data} />}
      {data && may('cache:operate') && (
        <>
          <h3>{t.available}</h3>
          <p class="row">
            <button type="button" class="primary" disabled={isRunning} onClick={() => setAsking('all')}>
              {t.warmAll}…
            </button>
            {data.available.map((warming) => (
              <button
                key={warming.name}
                type="button"
                disabled={isRunning}
                onClick={() => setAsking(warming)}
              >
                {summaryOf(warming)}…
              </button>
            ))}
          </p>
        </>
      )}
      {asking && (
        <ConfirmWarming warming={asking === 'all' ? null : asking} onClose={() => setAsking(undefined)} />
      )}
    </section>
  )
}
