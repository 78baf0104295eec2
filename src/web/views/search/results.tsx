/** What was found, a table for each kind. */
import type { Answer } from '../../api/client.ts'
import type { Session } from '../../api/shapes.ts'
import { useRead } from '../../api/use-read.ts'
import { href } from '../../app/router.ts'
import { may } from '../../app/viewer.ts'
import { bytes, date, dateTime } from '../../language/format.ts'
import { StatusBadge } from '../../ui/badge.tsx'
import { Scrolling } from '../../ui/scrolling.tsx'
import { words } from './words.ts'

type Patient = Answer<'GET /api/patients'>['items'][number]
type Recording = Answer<'GET /api/recordings'>['items'][number]

export function PatientResults({
  title,
  patients,
}: {
  readonly title: string
  readonly patients: readonly Patient[]
}) {
  const t = words()
  return (
    <section class="card">
      <h2>{title}</h2>
      <Scrolling label={title}>
        <table class="search-table">
          <thead>
            <tr>
              <th scope="col">{t.code}</th>
              <th scope="col">{t.therapist}</th>
              <th scope="col">{t.start}</th>
            </tr>
          </thead>
          <tbody>
            {patients.map(({ code, therapist, treatmentStart, withheld }) => (
              <tr key={code}>
                <th scope="row">
                  <a href={href(`/patients/${code}`)}>{code}</a>
                </th>
                <td>{withheld?.includes('therapist') ? t.withheld : (therapist ?? t.noTherapist)}</td>
                <td>{treatmentStart ? date(treatmentStart) : t.unknownStart}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
    </section>
  )
}

export function SessionResults({
  title,
  sessions,
}: {
  readonly title: string
  readonly sessions: readonly Session[]
}) {
  const t = words()
  return (
    <section class="card">
      <h2>{title}</h2>
      <Scrolling label={title}>
        <table class="search-table">
          <thead>
            <tr>
              <th scope="col">{t.session}</th>
              <th scope="col">{t.patient}</th>
              <th scope="col">{t.state}</th>
            </tr>
          </thead>
          <tbody>
            {sessions.map(({ id, patientCode, startedAt, status }) => (
              <tr key={id}>
                <th scope="row">
                  <a href={href(`/sessions/${id}`)}>{dateTime(startedAt)}</a>
                </th>
                <td>
                  <a href={href(`/patients/${patientCode}`)}>{patientCode}</a>
                </td>
                <td>
                  <StatusBadge status={status} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
    </section>
  )
}

/** The session that a recording belongs to: there one sees it. */
function SessionOf({ recordingId }: { readonly recordingId: string }) {
  const t = words()
  const { data } = useRead('GET /api/sessions', { query: { recordingId, limit: '1' } })
  const [session] = data?.items ?? []
  if (!data) return null
  if (!session) return <span class="soft">{t.noSession}</span>
  return (
    <a href={href(`/sessions/${session.id}`)}>
      {t.sessionOf(session.patientCode, dateTime(session.startedAt))}
    </a>
  )
}

export function RecordingResults({ recordings }: { readonly recordings: readonly Recording[] }) {
  const t = words()
  const seesSessions = may('sessions:read')
  return (
    <section class="card">
      <h2>{t.recordings}</h2>
      <Scrolling label={t.recordings}>
        <table class="search-table">
          <thead>
            <tr>
              <th scope="col">{t.file}</th>
              {seesSessions && <th scope="col">{t.session}</th>}
              <th scope="col">{t.received}</th>
              <th scope="col" class="number">
                {t.size}
              </th>
            </tr>
          </thead>
          <tbody>
            {recordings.map(({ id, fileName, receivedAt, size }) => (
              <tr key={id}>
                <th scope="row">{fileName}</th>
                {seesSessions && (
                  <td>
                    <SessionOf recordingId={id} />
                  </td>
                )}
                <td>{dateTime(receivedAt)}</td>
                <td class="number">{bytes(size)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
    </section>
  )
}
