/** A session: can its figures be relied on, its signal, its scores, its MVC, and what it is made of. */
import type { ComponentChildren } from 'preact'
import type { Session } from '../../api/shapes.ts'
import { useRead } from '../../api/use-read.ts'
import { lazy } from '../../app/lazy.tsx'
import { may } from '../../app/viewer.ts'
import { Panels } from '../../panels/panels.tsx'
import { Busy } from '../../ui/busy.tsx'
import { Empty } from '../../ui/empty.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { Details, SessionRecord } from './details/details.tsx'
import { RecordingHead, SessionHead } from './head.tsx'
import { Quality } from './quality/quality.tsx'
import { SignalTab } from './signal/signal-tab.tsx'
import { SessionStatus } from './status.tsx'
import type { Subject } from './subject.ts'
import { words } from './words.ts'
import './session.css'

// The signal is what most people look at, and does not wait for what they may never open.
const SessionScores = lazy(() => import('./scores/index.ts').then((part) => part.SessionScores))
const SessionMvc = lazy(() => import('./mvc/index.ts').then((part) => part.SessionMvc))

/** What an analysis shows, in parts. */
function Parts({ subject }: { readonly subject: Subject }) {
  const t = words()
  const { session, analysis } = subject
  const signal = { id: 'signal', label: t.signal }
  const others = [
    ...(session && may('scoring:read') ? [{ id: 'scores', label: t.scores }] : []),
    ...(session && may('mvc:read') ? [{ id: 'mvc', label: t.mvc }] : []),
    { id: 'details', label: t.details },
  ]
  return (
    <>
      <Quality analysis={analysis} />
      <Tabs label={t.parts} tabs={[signal, ...others]}>
        {(id) => {
          if (id === 'scores' && session) return <SessionScores sessionId={session.id} />
          if (id === 'mvc' && session) return <SessionMvc sessionId={session.id} analysis={analysis} />
          if (id === 'details') return <Details subject={subject} />
          return analysis.channels.length === 0 ? (
            <Empty title={t.noEmg}>
              <p>{t.noEmgDo}</p>
            </Empty>
          ) : (
            <SignalTab subject={subject} />
          )
        }}
      </Tabs>
    </>
  )
}

/** What people enter of a session, and what is known of it, whether or not its recording could be analysed. */
function PartsWithoutAnalysis({
  session,
  etag,
}: {
  readonly session: Session
  readonly etag: string | undefined
}) {
  const t = words()
  const details = { id: 'details', label: t.details }
  const hasScores = may('scoring:read')
  return (
    <Tabs label={t.parts} tabs={hasScores ? [{ id: 'scores', label: t.scores }, details] : [details]}>
      {(id) =>
        id === 'scores' ? (
          <SessionScores sessionId={session.id} />
        ) : (
          <div class="session-details stack">
            <SessionRecord session={session} etag={etag} />
          </div>
        )
      }
    </Tabs>
  )
}

/** @param id of the session */
export function SessionView({ id }: { readonly id: string }) {
  const session = useRead('GET /api/sessions/{id}', { path: { id } })
  // Read by all that follows: asked for at once, so that nothing waits for it in turn.
  useRead('GET /api/system/analysis', {})
  const recordingId = session.data?.recordingId ?? null
  const isReadable = recordingId !== null && session.data?.status !== 'failed'
  // Not before it is known that there is one: what has failed once would be tried again by everybody who looks.
  const analysis = useRead('GET /api/sessions/{id}/analysis', isReadable ? { path: { id } } : null)
  const recording = useRead(
    'GET /api/recordings/{id}',
    recordingId !== null && may('recordings:read') ? { path: { id: recordingId } } : null,
  )
  if (!session.data)
    return session.problem ? <ProblemNotice problem={session.problem} retry={session.reload} /> : <Busy />
  const subject: Subject | null =
    recordingId !== null && analysis.data
      ? {
          session: session.data,
          etag: session.etag,
          recordingId,
          recording: recording.data,
          analysis: analysis.data,
        }
      : null
  return (
    <SessionHead session={session.data} recording={recording.data}>
      <SessionStatus session={session.data} />
      {!isReadable ? (
        <PartsWithoutAnalysis session={session.data} etag={session.etag} />
      ) : subject ? (
        <Parts subject={subject} />
      ) : (
        <Waiting problem={analysis.problem} retry={analysis.reload} />
      )}
      <Panels
        place="session"
        sessionId={id}
        recordingId={recordingId}
        patientCode={session.data.patientCode}
      />
    </SessionHead>
  )
}

const Waiting = ({
  problem,
  retry,
}: {
  readonly problem: Parameters<typeof ProblemNotice>[0]['problem'] | undefined
  readonly retry: () => unknown
}): ComponentChildren => (problem ? <ProblemNotice problem={problem} retry={retry} /> : <Busy />)

/** @param id of a recording, which may belong to no session */
export function RecordingView({ id }: { readonly id: string }) {
  const recording = useRead('GET /api/recordings/{id}', { path: { id } })
  const analysis = useRead('GET /api/recordings/{id}/analysis', { path: { id } })
  useRead('GET /api/system/analysis', {})
  const sessions = useRead(
    'GET /api/sessions',
    may('sessions:read') ? { query: { recordingId: id, limit: '1' } } : null,
  )
  if (!recording.data)
    return recording.problem ? (
      <ProblemNotice problem={recording.problem} retry={recording.reload} />
    ) : (
      <Busy />
    )
  const subject: Subject | null = analysis.data
    ? { session: null, etag: undefined, recordingId: id, recording: recording.data, analysis: analysis.data }
    : null
  return (
    <RecordingHead recording={recording.data} session={sessions.data?.items[0]}>
      {subject ? <Parts subject={subject} /> : <Waiting problem={analysis.problem} retry={analysis.reload} />}
      <Panels place="session" sessionId={null} recordingId={id} patientCode={null} />
    </RecordingHead>
  )
}
