/** Which entries of the audit log are shown, as the address says. */
import type { Query } from '../../../api/client.ts'

export const FILTERS = ['actor', 'action', 'record', 'outcome', 'from', 'to'] as const
export type FilterName = (typeof FILTERS)[number]

/** As people enter it: `from` and `to` in the time of their clock, such as `2026-11-21T08:00`; '' for all. */
export type Filter = Readonly<Record<FilterName, string>>

export const OUTCOMES = ['done', 'refused', 'failed'] as const

export const filterIn = (query: URLSearchParams): Filter =>
  Object.fromEntries(FILTERS.map((name) => [name, query.get(name)?.trim() ?? ''])) as Filter

const isOutcome = (text: string): text is (typeof OUTCOMES)[number] =>
  (OUTCOMES as readonly string[]).includes(text)

/** An instant of a field of day and time; undefined where it is none. */
function instant(text: string): string | undefined {
  const at = text === '' ? Number.NaN : new Date(text).getTime()
  return Number.isFinite(at) ? new Date(at).toISOString() : undefined
}

/** What is wrong with the filter, by field: the server would refuse it. */
export function faultsIn({ record, from, to }: Filter): Readonly<Partial<Record<FilterName, true>>> {
  const isBackwards = from !== '' && to !== '' && (instant(from) ?? '') >= (instant(to) ?? '')
  return {
    ...(record !== '' && !/^[\w-]{1,40}:[\w.:=-]{1,100}$/.test(record) && { record: true }),
    ...(from !== '' && instant(from) === undefined && { from: true }),
    ...(to !== '' && (instant(to) === undefined || isBackwards) && { to: true }),
  }
}

/** What the server is asked. */
export function asked({
  actor,
  action,
  record,
  outcome,
  from,
  to,
}: Filter): NonNullable<Query<'GET /api/audit'>> {
  const [since, until] = [instant(from), instant(to)]
  return {
    ...(actor && { actor }),
    ...(action && { action }),
    ...(record && { record }),
    ...(isOutcome(outcome) && { outcome }),
    ...(since && { from: since }),
    ...(until && { to: until }),
  }
}
