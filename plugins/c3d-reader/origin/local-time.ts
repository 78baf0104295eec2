/** Times without a zone, as recording devices write them: local time of the place where the server stands. */

/** Years that a recording may be from. */
const FIRST_YEAR = 1990
const LAST_YEAR = 2199

/** A wall clock's reading. */
export interface LocalTime {
  readonly year: number
  /** From 1. */
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  /** With its fraction; null where the clock shows minutes only. */
  readonly second: number | null
}

const within = (value: number, least: number, most: number): boolean => value >= least && value < most

/**
 * The instant of a wall clock's reading in the time zone of the server; null where there is no such day or time. Of an
 * hour that comes twice the first is meant, and one that is skipped is moved on, as `Date` has it.
 */
export function instantOf({ year, month, day, hour, minute, second }: LocalTime): Date | null {
  const seconds = second ?? 0
  const isTime = within(hour, 0, 24) && within(minute, 0, 60) && within(seconds, 0, 60)
  const isDay = new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day && within(month, 1, 13)
  if (!isTime || !isDay || !within(year, FIRST_YEAR, LAST_YEAR + 1)) return null
  return new Date(year, month - 1, day, hour, minute, 0, Math.round(seconds * 1000))
}
