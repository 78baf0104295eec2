/** The latest sessions, each with its state and how good its signals are. */
import type { Answer } from '../../api/client.ts'
import type { Session } from '../../api/shapes.ts'
import { href } from '../../app/router.ts'
import { may } from '../../app/viewer.ts'
import { dateTime } from '../../language/format.ts'
import { SessionState } from '../../ui/badge.tsx'
import { Empty } from '../../ui/empty.tsx'
import { QualityBadge } from '../../ui/quality-badge.tsx'
import { Table } from '../../ui/table.tsx'
import { words } from './words.ts'

const SHOWN = 8

interface Properties {
  readonly sessions: readonly Session[]
  readonly quality: Answer<'GET /api/analytics/quality'>['items']
}

export function Latest({ sessions, quality }: Properties) {
  const t = words()
  if (sessions.length === 0)
    return (
      <Empty title={t.noSessions}>
        {may('sessions:write') && (
          <>
            <p>{t.noSessionsHint}</p>
            <a class="button" href="#/upload">
              {t.upload}
            </a>
          </>
        )}
        {may('recordings:read') && (
          <p>
            <a href="#/recordings">{t.toRecordings}</a>
          </p>
        )}
      </Empty>
    )
  return (
    <>
      <Table caption={t.latest} columns={[t.session, t.patient, t.state, t.signal]}>
        {sessions.slice(0, SHOWN).map(({ id, startedAt, patientCode, status, recordingId }) => {
          const counted = quality.find(({ sessionId }) => sessionId === id)
          return (
            <tr key={id}>
              <th scope="row">
                <a href={href(`/sessions/${id}`)}>{dateTime(startedAt)}</a>
              </th>
              <td>
                <a href={href(`/patients/${patientCode}`)}>{patientCode}</a>
              </td>
              <td>
                <SessionState recordingId={recordingId} status={status} />
              </td>
              <td>
                {counted ? (
                  <QualityBadge counts={counted} />
                ) : (
                  <span class="soft">
                    {status === 'failed' || recordingId === null ? t.notAnalysed : t.noVerdict}
                  </span>
                )}
              </td>
            </tr>
          )
        })}
      </Table>
      <p>
        <a href="#/sessions">{t.allSessions}</a>
      </p>
    </>
  )
}
