/** Whose session, when, from which file, how far; and what one may do with the whole of it. */
import type { ComponentChildren } from 'preact'
import type { Recording, Session } from '../../api/shapes.ts'
import { href } from '../../app/router.ts'
import { may } from '../../app/viewer.ts'
import { dateTime } from '../../language/format.ts'
import { StatusBadge } from '../../ui/badge.tsx'
import { Page } from '../../ui/page.tsx'
import { Exports } from './exports/exports.tsx'
import { ReportLink } from './exports/report-link.tsx'
import { words } from './words.ts'

export function SessionHead({
  session,
  recording,
  children,
}: {
  readonly session: Session
  readonly recording: Recording | undefined
  readonly children: ComponentChildren
}) {
  const t = words()
  const { id, patientCode, startedAt, startedAtBasis, status, recordingId } = session
  return (
    <Page
      title={t.title(dateTime(startedAt))}
      trail={<a href={href(`/patients/${patientCode}`)}>{t.patient(patientCode)}</a>}
      subtitle={
        <>
          {recordingId !== null && <StatusBadge status={status} />}
          <span>{t[startedAtBasis]}</span>
          {recording?.fileName && <span class="session-file">{recording.fileName}</span>}
        </>
      }
      actions={
        recordingId !== null &&
        status !== 'failed' && (
          <>
            <ReportLink of={{ kind: 'sessions', id }} />
            <Exports of={{ kind: 'sessions', id }} />
          </>
        )
      }
    >
      {children}
    </Page>
  )
}

export function RecordingHead({
  recording,
  session,
  children,
}: {
  readonly recording: Recording
  /** That it belongs to, where it does. */
  readonly session: Session | undefined
  readonly children: ComponentChildren
}) {
  const t = words()
  const { id, fileName, receivedAt } = recording
  return (
    <Page
      title={fileName ? t.recordingTitle(fileName) : t.recordingWithoutName}
      trail={<a href={href('/sessions')}>{t.sessions}</a>}
      subtitle={
        session ? (
          <span>
            {t.belongsTo}{' '}
            <a href={href(`/sessions/${session.id}`)}>{t.toSession(dateTime(session.startedAt))}</a>
          </span>
        ) : (
          <>
            <span>{dateTime(receivedAt)}</span>
            <span>{t.received}</span>
            {may('sessions:read') && <span>{t.noSession}</span>}
          </>
        )
      }
      actions={
        <>
          <ReportLink of={{ kind: 'recordings', id }} />
          <Exports of={{ kind: 'recordings', id }} />
        </>
      }
    >
      {children}
    </Page>
  )
}
