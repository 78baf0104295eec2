/** Which sessions are listed: as it stands in the address, and as the server is asked. Pure. */
import type { Query } from '../../api/client.ts'

export const STATUSES = ['pending', 'processing', 'completed', 'failed'] as const
type Status = (typeof STATUSES)[number]

/** As somebody sets them; empty is any. */
export interface Filters {
  readonly status: Status | ''
  readonly patient: string
  /** Days of the calendar here, such as 2026-01-31, the last one included. */
  readonly from: string
  readonly until: string
  readonly sort: '-startedAt' | 'startedAt'
}

const CODE = /^P\d{3,9}$/
const DAY = /^(\d{4})-(\d\d)-(\d\d)$/

const isDay = (text: string): boolean => dayStart(text, 0) !== null

/** The first instant of a day here, or of one as many days later; null for what is no day. */
function dayStart(text: string, later: number): Date | null {
  const [, year, month, day] = DAY.exec(text)?.map(Number) ?? []
  if (year === undefined || month === undefined || day === undefined) return null
  const own = new Date(year, month - 1, day)
  // The 31st of February is no day, and no other one is meant.
  if (own.getFullYear() !== year || own.getMonth() !== month - 1 || own.getDate() !== day) return null
  return new Date(year, month - 1, day + later)
}

/** What an address asks for; what cannot be is any. */
export function filtersOf(query: Pick<URLSearchParams, 'get'>): Filters {
  const text = (name: string): string => query.get(name)?.trim() ?? ''
  const day = (name: string): string => (isDay(text(name)) ? text(name) : '')
  const patient = text('patient').toUpperCase()
  return {
    status: STATUSES.find((status) => status === text('status')) ?? '',
    patient: CODE.test(patient) ? patient : '',
    from: day('from'),
    until: day('until'),
    sort: text('sort') === 'startedAt' ? 'startedAt' : '-startedAt',
  }
}

/** How they stand in the address: what is any is left out. */
export const searchOf = ({ status, patient, from, until, sort }: Filters): Record<string, string | null> => ({
  status: status || null,
  patient: patient || null,
  from: from || null,
  until: until || null,
  sort: sort === '-startedAt' ? null : sort,
})

/** What the server is asked; days are those of the clock here. */
export function queryOf({ status, patient, from, until, sort }: Filters): Query<'GET /api/sessions'> {
  const first = dayStart(from, 0)
  const end = dayStart(until, 1)
  return {
    sort,
    limit: '50',
    ...(status && { status }),
    ...(patient && { patientCode: patient }),
    ...(first && { from: first.toISOString() }),
    ...(end && { until: end.toISOString() }),
  }
}

/** Whether fewer than all sessions are meant. */
export const isFiltered = ({ status, patient, from, until }: Filters): boolean =>
  [status, patient, from, until].some((value) => value !== '')

/** Both days are given, and the last one is before the first. */
export const isReversed = ({ from, until }: Pick<Filters, 'from' | 'until'>): boolean =>
  from !== '' && until !== '' && until < from

/** Whether somebody is at work on one of them, so that it will be another soon. */
export const isChanging = ({
  status,
  recordingId,
}: {
  readonly status: Status
  readonly recordingId: string | null
}): boolean => status === 'processing' || (status === 'pending' && recordingId !== null)
