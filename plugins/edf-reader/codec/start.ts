/** When a recording started: local time of the place where it was made, since the format knows no zones. */
import type { EdfHeader } from './header.ts'
import type { WarningLog } from './warnings.ts'

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']

/** Two digits of a year mean 1985 to 2084. @see https://www.edfplus.info/specs/edfplus.html, section 2.1.3 */
const CLIPPING_YEAR = 85

interface Day {
  readonly year: number
  /** From 1. */
  readonly month: number
  readonly day: number
}

const isDay = ({ year, month, day }: Day): boolean => {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** `dd.mm.yy`; some programs write other separators. */
function headerDay(text: string): Day | null {
  const [, day, month, year] = (/^(\d\d)[.:/-](\d\d)[.:/-](\d\d)$/.exec(text) ?? []).map(Number)
  if (year === undefined) return null
  const read = {
    year: year + (year >= CLIPPING_YEAR ? 1900 : 2000),
    month: month as number,
    day: day as number,
  }
  return isDay(read) ? read : null
}

/** `Startdate dd-MMM-yyyy` of EDF+: null where it is none, `hidden` where it is an X. */
function statedDay(recording: string): Day | 'hidden' | null {
  const [, day, month = '', year, hidden] =
    /^Startdate (?:(\d\d)-([A-Z]{3})-(\d{4})|(X))(?: |$)/.exec(recording) ?? []
  if (hidden) return 'hidden'
  const read = { year: Number(year), month: MONTHS.indexOf(month) + 1, day: Number(day) }
  return read.month > 0 && isDay(read) ? read : null
}

function settleDay({ variant, startDate, recording }: EdfHeader, log: WarningLog): Day | null {
  const written = headerDay(startDate)
  const stated = variant.includes('+') ? statedDay(recording) : null
  if (stated === 'hidden') return null
  if (!written) log.add('START_INVALID', 'The date of the start cannot be read.')
  if (!written || !stated) return written ?? stated
  const isSame =
    written.month === stated.month && written.day === stated.day && (written.year - stated.year) % 100 === 0
  if (isSame) return stated
  log.add('START_DISAGREES', 'Two dates of the start are stated, and they differ; the first one was used.')
  return written
}

/**
 * The moment of the first sample, or null where it is not stated.
 *
 * @param onset seconds from the start that the header states
 * @returns such as `2026-11-21T09:30:00.25`, without a zone
 */
export function startOf(header: EdfHeader, onset: number, log: WarningLog): string | null {
  const day = settleDay(header, log)
  const time = /^(\d\d)[.:](\d\d)[.:](\d\d)$/.exec(header.startTime)
  const [hour = 0, minute = 0, second = 0] = (time ?? []).slice(1).map(Number)
  if (!time || hour > 23 || minute > 59 || second > 59) {
    log.add('START_INVALID', 'The time of the start cannot be read.')
    return null
  }
  if (!day) return null
  const date = new Date(Date.UTC(day.year, day.month - 1, day.day, hour, minute, second) + onset * 1000)
  if (Number.isNaN(date.getTime())) {
    log.add('START_INVALID', 'The time of the first record is out of reach.')
    return null
  }
  return date.toISOString().replace(/\.?0*Z$/, '')
}
