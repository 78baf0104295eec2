/** What was found, a table for each kind. */
import type { ComponentChildren } from 'preact'
import type { Answer } from '../../api/client.ts'
import type { Session } from '../../api/shapes.ts'
import { useRead } from '../../api/use-read.ts'
import { href } from '../../app/router.ts'
import { may } from '../../app/viewer.ts'
import { bytes, date, dateTime } from '../../language/format.ts'
import { SessionState } from '../../ui/badge.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { words } from './words.ts'

type Patient = Answer<'GET /api/patients'>['items'][number]
type Recording = Answer<'GET /api/recordings'>['items'][number]

interface ListProperties<T> {
  readonly title: string
  readonly items: readonly T[]
  /** Whether the server has more than these. */
  readonly hasMore: boolean
}

interface SectionProperties extends ListProperties<unknown> {
  readonly columns: readonly Column[]
  readonly children: ComponentChildren
}

/** A table under its heading; that it is not the whole list is said beneath it. */
const Section = ({ title, items, hasMore, columns, children }: SectionProperties) => (
  <section class="card stack">
    <h2>{title}</h2>
    <Table caption={title} class="search-table" columns={columns}>
      {children}
    </Table>
    {hasMore && <p class="soft">{words().more(items.length)}</p>}
  </section>
)

export function PatientResults(list: ListProperties<Patient>) {
  const t = words()
  return (
    <Section {...list} columns={[t.code, t.therapist, t.start]}>
      {list.items.map(({ code, therapist, treatmentStart, withheld }) => (
        <tr key={code}>
          <th scope="row">
            <a href={href(`/patients/${code}`)}>{code}</a>
          </th>
          <td>{withheld?.includes('therapist') ? t.withheld : (therapist ?? t.noTherapist)}</td>
          <td>{treatmentStart ? date(treatmentStart) : t.unknownStart}</td>
        </tr>
      ))}
    </Section>
  )
}

export function SessionResults(list: ListProperties<Session>) {
  const t = words()
  return (
    <Section {...list} columns={[t.session, t.patient, t.state]}>
      {list.items.map(({ id, patientCode, startedAt, status, recordingId }) => (
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
        </tr>
      ))}
    </Section>
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

export function RecordingResults(list: ListProperties<Recording>) {
  const t = words()
  const seesSessions = may('sessions:read')
  return (
    <Section {...list} columns={[t.file, seesSessions && t.session, t.received, { number: t.size }]}>
      {list.items.map(({ id, fileName, receivedAt, size }) => (
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
    </Section>
  )
}
