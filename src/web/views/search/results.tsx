/** What was found, a table for each kind. */
import type { ComponentChildren } from 'preact'
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

interface ListProperties<T> {
  readonly title: string
  readonly items: readonly T[]
  /** Whether the server has more than these. */
  readonly hasMore: boolean
}

interface SectionProperties extends Omit<ListProperties<unknown>, 'items'> {
  readonly count: number
  readonly children: ComponentChildren
}

/** A table under its heading; that it is not the whole list is said beneath it. */
const Section = ({ title, count, hasMore, children }: SectionProperties) => (
  <section class="card stack">
    <h2>{title}</h2>
    <Scrolling label={title}>{children}</Scrolling>
    {hasMore && <p class="soft">{words().more(count)}</p>}
  </section>
)

export function PatientResults({ title, items, hasMore }: ListProperties<Patient>) {
  const t = words()
  return (
    <Section title={title} count={items.length} hasMore={hasMore}>
      <table class="search-table">
        <caption class="hidden-text">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t.code}</th>
            <th scope="col">{t.therapist}</th>
            <th scope="col">{t.start}</th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ code, therapist, treatmentStart, withheld }) => (
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
    </Section>
  )
}

export function SessionResults({ title, items, hasMore }: ListProperties<Session>) {
  const t = words()
  return (
    <Section title={title} count={items.length} hasMore={hasMore}>
      <table class="search-table">
        <caption class="hidden-text">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t.session}</th>
            <th scope="col">{t.patient}</th>
            <th scope="col">{t.state}</th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ id, patientCode, startedAt, status }) => (
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

export function RecordingResults({ title, items, hasMore }: ListProperties<Recording>) {
  const t = words()
  const seesSessions = may('sessions:read')
  return (
    <Section title={title} count={items.length} hasMore={hasMore}>
      <table class="search-table">
        <caption class="hidden-text">{title}</caption>
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
          {items.map(({ id, fileName, receivedAt, size }) => (
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
    </Section>
  )
}
