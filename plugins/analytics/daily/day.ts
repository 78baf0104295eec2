/** Calendar days in the time zone of the server. */
import { calendarDate } from '../../../src/sdk.ts'

const DAY_MS = 86_400_000

/** A day: from its first instant to before the first of the next. It has 23 or 25 hours where clocks are changed. */
export interface Day {
  /** Such as 2026-01-31. */
  readonly date: string
  readonly from: Date
  readonly until: Date
}

/** The name of the server's time zone, such as Europe/Brussels. */
export const timeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

/** A day by its date. */
export function dayOf(date: string): Day {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  return { date, from: new Date(year, month - 1, day), until: new Date(year, month - 1, day + 1) }
}

/** The date of an instant. */
export function dateOf(instant: Date): string {
  const month = String(instant.getMonth() + 1).padStart(2, '0')
  const day = String(instant.getDate()).padStart(2, '0')
  return `${String(instant.getFullYear()).padStart(4, '0')}-${month}-${day}`
}

/** Dates from the first to the last, both included; none where the last is before the first. */
export function datesBetween(first: string, last: string): string[] {
  const dates: string[] = []
  // Of whole days in UTC, where each has 24 hours.
  for (let at = Date.parse(first); at <= Date.parse(last); at += DAY_MS)
    dates.push(calendarDate(new Date(at)))
  return dates
}

/** The dates in UTC of a day and of those before it, as many as are named. */
export const utcDates = ({ from, until }: Day, before: number): string[] =>
  datesBetween(
    calendarDate(new Date(from.getTime() - before * DAY_MS)),
    calendarDate(new Date(until.getTime() - 1)),
  )
