/** One job: what it is, how it is, what went wrong, and what may be done about it. */
import { may } from '../../../app/viewer.ts'
import { ago, dateTime, duration, fixed, percent } from '../../../language/format.ts'
import { Badge, type BadgeKind } from '../../../ui/badge.tsx'
import { Progress } from '../../../ui/meter.tsx'
import { Said } from '../../../ui/said.tsx'
import { wordOf } from '../word-of.ts'
import { type Job, mayCancel, mayRetry } from './follow.ts'
import { codeText, kindOf } from './texts.ts'
import { words } from './words.ts'

const KINDS: Readonly<Record<Job['state'], BadgeKind>> = {
  waiting: 'unknown',
  running: 'running',
  completed: 'good',
  failed: 'bad',
  cancelled: 'plain',
}

/** Why it waits, until when, and what became of the last attempt. */
function Waiting({ job: { held, notBefore, errorCode, attempts } }: { readonly job: Job }) {
  const t = words()
  const isLater = Date.parse(notBefore) > Date.now()
  return (
    <>
      {held !== null && (
        <>
          {t.held} <Said text={held} />
        </>
      )}
      {held === null && (isLater ? t.notBefore(dateTime(notBefore)) : attempts === 0 && t.notStarted)}
      {errorCode !== null && (
        <span class="soft">
          {t.lastAttempt} {codeText(errorCode)} <code>{errorCode}</code>
        </span>
      )}
    </>
  )
}

function Happening({ job }: { readonly job: Job }) {
  const t = words()
  const { state, progress, errorCode, startedAt, finishedAt } = job
  if (state === 'running') {
    const note = progress?.note == null ? undefined : (wordOf(t, `note_${progress.note}`) ?? progress.note)
    return (
      <Progress
        label={progress ? percent(progress.percent) : t.running}
        share={progress ? progress.percent / 100 : null}
        {...(note !== undefined && { text: note })}
      />
    )
  }
  if (state === 'waiting') return <Waiting job={job} />
  const length =
    startedAt && finishedAt ? duration(Date.parse(finishedAt) - Date.parse(startedAt)) : undefined
  return (
    <>
      {errorCode !== null && <span>{codeText(errorCode)}</span>}
      <span class="soft">
        {errorCode !== null && <code>{errorCode}</code>} {finishedAt && t.endedAt(ago(finishedAt))}
        {length && `, ${t.took(length)}`}
      </span>
    </>
  )
}

interface Properties {
  readonly job: Job
  readonly isLive: boolean
  readonly isBusy: boolean
  readonly onRetry: () => void
  readonly onCancel: () => void
}

export function JobRow({ job, isLive, isBusy, onRetry, onCancel }: Properties) {
  const t = words()
  const kind = kindOf(job.name)
  const at = dateTime(job.enqueuedAt)
  return (
    <tr>
      <th scope="row">
        {kind}
        <span class="soft">
          <code>{job.plugin}</code>
        </span>
      </th>
      <td>
        <Badge kind={KINDS[job.state]}>{t[job.state]}</Badge>
        {isLive && <span class="soft">{t.live}</span>}
      </td>
      <td class="job-happening" aria-live={isLive ? 'polite' : undefined}>
        <Happening job={job} />
      </td>
      <td class="whole">
        <time dateTime={job.enqueuedAt}>{at}</time>
      </td>
      <td class="number">{fixed(job.attempts)}</td>
      {may('jobs:manage') && (
        <td class="actions">
          {mayRetry(job) && (
            <button type="button" disabled={isBusy} aria-label={t.retryOf(kind, at)} onClick={onRetry}>
              {t.retry}
            </button>
          )}
          {mayCancel(job) && (
            <button type="button" disabled={isBusy} aria-label={t.cancelOf(kind, at)} onClick={onCancel}>
              {t.cancel}…
            </button>
          )}
        </td>
      )}
    </tr>
  )
}
