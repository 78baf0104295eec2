/** One session in the list: when and whose it was, how far its analysis is, how good its signals are. */
import { useEffect, useState } from 'preact/hooks'
import { ask } from '../../api/client.ts'
import type { Session } from '../../api/shapes.ts'
import { refresh } from '../../api/use-read.ts'
import { href } from '../../app/router.ts'
import { may } from '../../app/viewer.ts'
import { dateTime, fixed } from '../../language/format.ts'
import { Badge, StatusBadge } from '../../ui/badge.tsx'
import { Progress } from '../../ui/meter.tsx'
import { problemText } from '../../ui/problem-text.ts'
import type { QualityCounts } from '../../ui/quality.ts'
import { QualityBadge } from '../../ui/quality-badge.tsx'
import { failureText } from '../../ui/recording-problems.ts'
import { say } from '../../ui/toasts.tsx'
import { useTask } from '../../ui/use-task.ts'
import { words as uiWords } from '../../ui/words.ts'
import { followAnalysis } from '../upload/follow.ts'
import { words } from './words.ts'

interface Properties {
  readonly session: Session
  /** undefined: not known yet. */
  readonly quality: QualityCounts | null | 'unread' | undefined
}

/** Why it failed, and one more try, which is followed: until that has begun, the session is still the failed one. */
function Failure({ session }: { readonly session: Session }) {
  const t = words()
  const [jobId, follow] = useState<string | undefined>()
  const [percent, setPercent] = useState<number | null>(null)
  const again = useTask(async () => {
    const { data } = await ask('POST /api/sessions/{id}/analysis', { path: { id: session.id } })
    say(t.asked)
    follow(data.jobId)
  })
  useEffect(() => {
    if (jobId === undefined) return
    const end = new AbortController()
    const over = (): void => {
      if (end.signal.aborted) return
      follow(undefined)
      refresh('/api/sessions')
    }
    const onProgress = (progress: { readonly percent: number | null }): void => setPercent(progress.percent)
    void followAnalysis(session.id, { jobId, onProgress, signal: end.signal }).then(over, over)
    return () => end.abort()
  }, [jobId, session.id])
  if (jobId !== undefined) {
    return <Progress label={uiWords().processing} share={percent === null ? null : percent / 100} />
  }
  return (
    <div class="session-failure">
      <StatusBadge status="failed" />
      {session.failure && <small>{failureText(session.failure)}</small>}
      {again.problem && <small role="alert">{problemText(again.problem)}</small>}
      {may('analyses:request') && session.recordingId !== null && (
        <button
          type="button"
          class="not-printed"
          disabled={again.isRunning}
          aria-label={t.againOf(dateTime(session.startedAt))}
          onClick={() => void again.run()}
        >
          {t.again}
        </button>
      )}
    </div>
  )
}

function Analysis({ session }: { readonly session: Session }) {
  const t = words()
  if (session.recordingId === null) {
    return (
      <>
        <Badge kind="unknown">{t.noRecording}</Badge>
        <small class="session-note">{t.noRecordingWhat}</small>
      </>
    )
  }
  return session.status === 'failed' ? <Failure session={session} /> : <StatusBadge status={session.status} />
}

function Signals({ session, quality }: Properties) {
  const t = words()
  if (session.status === 'failed') return <span class="soft">{t.notAnalysed}</span>
  if (session.status !== 'completed') return <span class="soft">{t.notYet}</span>
  if (quality === undefined) return null
  if (quality === 'unread') return <span class="soft">{t.notShown}</span>
  return quality === null ? <span class="soft">{t.notKept}</span> : <QualityBadge counts={quality} />
}

export function SessionRow({ session, quality }: Properties) {
  const t = words()
  const { id, patientCode, startedAt, startedAtBasis, rpe } = session
  const basis = startedAtBasis === 'received' ? t.received : startedAtBasis === 'file-name' ? t.byName : null
  return (
    <tr>
      <th scope="row">
        <a href={href(`/sessions/${id}`)}>{dateTime(startedAt)}</a>
        {basis && <small class="session-note">{basis}</small>}
      </th>
      <td>
        {may('patients:read') ? <a href={href(`/patients/${patientCode}`)}>{patientCode}</a> : patientCode}
      </td>
      <td>
        <Analysis session={session} />
      </td>
      {may('analytics:read') && (
        <td>
          <Signals session={session} quality={quality} />
        </td>
      )}
      <td>{rpe === null ? <span class="soft">{t.notAsked}</span> : t.effortOf(fixed(rpe))}</td>
    </tr>
  )
}
