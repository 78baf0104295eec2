/** How far the analysis of a session is: waiting, under way, failed, or without a recording. */
import { useEffect, useState } from 'preact/hooks'
import { type ApiProblem, ask } from '../../api/client.ts'
import type { Session } from '../../api/shapes.ts'
import { refresh } from '../../api/use-read.ts'
import { href } from '../../app/router.ts'
import { may } from '../../app/viewer.ts'
import { language } from '../../language/language.ts'
import { Empty } from '../../ui/empty.tsx'
import { Progress } from '../../ui/meter.tsx'
import { Notice, ProblemNotice } from '../../ui/notice.tsx'
import { failureText } from '../../ui/recording-problems.ts'
import { say } from '../../ui/toasts.tsx'
import { useTask } from '../../ui/use-task.ts'
import { followAnalysis } from '../upload/follow.ts'
import { readsOf } from './subject.ts'
import { words } from './words.ts'

const refreshSession = ({ id, recordingId }: Session): void => refresh(...readsOf(recordingId ?? '', id))

type Following =
  | { readonly kind: 'under way'; readonly percent: number | null; readonly isHeld: boolean }
  | { readonly kind: 'given up'; readonly code: string }
  | { readonly kind: 'lost'; readonly problem: ApiProblem }

/**
 * Follows the analysis by the events of its job, and has everything read again when it is over.
 *
 * @param jobId where it is known; else that of the session is looked for
 */
function Analysing({
  session,
  jobId,
  onEnd,
}: {
  readonly session: Session
  readonly jobId?: string
  readonly onEnd?: () => void
}) {
  const t = words()
  const [state, set] = useState<Following>({ kind: 'under way', percent: null, isHeld: false })
  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    const end = new AbortController()
    set({ kind: 'under way', percent: null, isHeld: false })
    followAnalysis(session.id, {
      jobId,
      signal: end.signal,
      onProgress: ({ percent, held }) => set({ kind: 'under way', percent, isHeld: held !== null }),
    }).then(
      ({ session: ended, jobFailure }) => {
        if (jobFailure !== null) return set({ kind: 'given up', code: jobFailure })
        if (ended.status === 'completed') say(words().ready)
        refreshSession(session)
        onEnd?.()
      },
      (problem: ApiProblem) => {
        if (!end.signal.aborted) set({ kind: 'lost', problem })
      },
    )
    return () => end.abort()
  }, [session.id, session.recordingId, jobId, attempt])
  if (state.kind === 'lost')
    return <ProblemNotice problem={state.problem} retry={() => setAttempt(attempt + 1)} />
  if (state.kind === 'given up')
    return (
      <Notice kind="error" title={t.gaveUp}>
        <p>{failureText({ code: state.code })}</p>
        <AgainButton session={session} isPrimary />
      </Notice>
    )
  return (
    <Notice kind="info" title={state.percent === null ? t.waiting : t.analysing}>
      <Progress label={t.progress} share={state.percent === null ? null : state.percent / 100} />
      {state.isHeld && <p>{t.heldUp}</p>}
    </Notice>
  )
}

/** Has the recording analysed once more, and shows how far that is. */
export function AgainButton({
  session,
  isPrimary,
}: {
  readonly session: Session
  readonly isPrimary?: boolean
}) {
  const t = words()
  const [jobId, setJobId] = useState<string | undefined>()
  const again = useTask(async () => {
    const { data } = await ask('POST /api/sessions/{id}/analysis', { path: { id: session.id } })
    setJobId(data.jobId)
  })
  if (!may('analyses:request') || session.recordingId === null) return null
  if (jobId !== undefined)
    return <Analysing session={session} jobId={jobId} onEnd={() => setJobId(undefined)} />
  return (
    <>
      {again.problem && <ProblemNotice problem={again.problem} />}
      <button
        type="button"
        class={isPrimary ? 'primary' : undefined}
        disabled={again.isRunning}
        onClick={() => void again.run()}
      >
        {t.again}
      </button>
    </>
  )
}

function Failed({
  session,
  failure,
}: {
  readonly session: Session
  readonly failure: NonNullable<Session['failure']>
}) {
  const t = words()
  const text = failureText(failure)
  return (
    <Notice kind="error" title={t.failed}>
      <p>{text}</p>
      {failure.reason !== undefined && failure.reason !== text && (
        <p class="soft">
          {t.serverSays} <span lang="en">{failure.reason}</span>
          {language.value === 'en' ? '' : ` (${failure.code})`}
        </p>
      )}
      <AgainButton session={session} isPrimary />
    </Notice>
  )
}

/** Nothing where the analysis is there. */
export function SessionStatus({ session }: { readonly session: Session }) {
  const t = words()
  if (session.recordingId === null)
    return (
      <Empty title={t.noRecording}>
        <p>{t.noRecordingDo}</p>
        {may('intake:write') && (
          <a class="button" href={href('/upload', { patient: session.patientCode })}>
            {t.upload}
          </a>
        )}
      </Empty>
    )
  if (session.status === 'pending' || session.status === 'processing') return <Analysing session={session} />
  return session.failure && session.status === 'failed' ? (
    <Failed session={session} failure={session.failure} />
  ) : null
}
