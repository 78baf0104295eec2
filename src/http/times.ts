/** Calendar dates and instants as clients write them. */
import * as v from 'valibot'

/** Years that a clinic means; others are slips of the keyboard. */
const FIRST_YEAR = 1900
const LAST_YEAR = 2199

/** Whether year, month and day name a day that exists: `Date` may turn 30 February into March. */
function isDay(text: string): boolean {
  const day = text.slice(0, 10)
  const date = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day)
}

const inRange = (text: string): boolean => {
  const year = Number(text.slice(0, 4))
  return year >= FIRST_YEAR && year <= LAST_YEAR
}

const YEARS = `expected a year from ${FIRST_YEAR} to ${LAST_YEAR}`

/** A calendar date, `2026-01-31`; becomes its midnight in UTC. */
export const CalendarDate = v.pipe(
  v.string(),
  v.isoDate('expected a date such as 2026-01-31'),
  v.check(isDay, 'there is no such day'),
  v.check(inRange, YEARS),
  v.transform((text) => new Date(`${text}T00:00:00Z`)),
)

/** An instant with its offset, `2026-01-31T09:30:00Z`. */
export const Instant = v.pipe(
  v.string(),
  v.regex(
    /^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/,
    'expected a time with its offset such as 2026-01-31T09:30:00Z',
  ),
  v.check(isDay, 'there is no such day'),
  v.check(inRange, YEARS),
  v.transform((text) => new Date(text)),
  v.description('ISO 8601 with an offset'),
)

/** The calendar date, in UTC, of an instant. */
export const calendarDate = (date: Date): string => date.toISOString().slice(0, 10)
