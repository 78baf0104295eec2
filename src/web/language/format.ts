/** Figures for people, in their language: never more digits than were measured, never a number without its unit. */
import { language, locale } from './language.ts'

/** Shown where there is no figure; the reason stands beside it or in its title. */
export const NO_FIGURE = '–'

/** Between a figure and its unit: narrow, and never broken. */
const SPACE = '\u202f'

type Figure = number | null | undefined

const formats = new Map<string, Intl.NumberFormat>()

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale.value} ${JSON.stringify(options)}`
  let format = formats.get(key)
  if (!format) {
    // What is rounded to 0 has no sign.
    format = new Intl.NumberFormat(locale.value, { ...options, signDisplay: 'negative' })
    formats.set(key, format)
  }
  return format
}

const isFigure = (value: Figure): value is number => typeof value === 'number' && Number.isFinite(value)

/** With a true minus sign, as wide as the digits: most languages of Intl have the hyphen of a keyboard. */
const signed = (text: string): string => text.replace('-', '\u2212')

/** @param digits behind the point, neither more nor fewer */
export const fixed = (value: Figure, digits = 0): string =>
  isFigure(value)
    ? signed(numberFormat({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value))
    : NO_FIGURE

/** @param digits that say something, 3 unless stated; trailing zeros are left out */
export const significant = (value: Figure, digits = 3): string =>
  isFigure(value) ? signed(numberFormat({ maximumSignificantDigits: digits }).format(value)) : NO_FIGURE

/** A figure that somebody has set, such as a target or a limit: with all its digits, since it is held to. */
export const exact = (value: Figure): string =>
  isFigure(value) ? signed(numberFormat({ maximumFractionDigits: 6 }).format(value)) : NO_FIGURE

/** A figure with its unit, `–` without one where there is no figure. */
export const withUnit = (text: string, unit: string): string =>
  text === NO_FIGURE ? NO_FIGURE : `${text}${SPACE}${unit}`

/** Of a share in percent, 0 to 100. */
export const percent = (value: Figure, digits = 0): string => withUnit(fixed(value, digits), '%')

/** A share that somebody has set, or entered as it was read off, in percent: 62.5 % is not 63 %. */
export const exactPercent = (value: Figure): string => withUnit(exact(value), '%')

/** Volts as engineers read EMG: in µV, in mV from 10 mV on. */
export function amplitude(volts: Figure, digits = 3): string {
  if (!isFigure(volts)) return NO_FIGURE
  return Math.abs(volts) >= 0.01
    ? withUnit(significant(volts * 1e3, digits), 'mV')
    : withUnit(significant(volts * 1e6, digits), 'µV')
}

/** A place or a length in a recording: milliseconds as seconds. */
export const seconds = (ms: Figure, digits = 2): string =>
  isFigure(ms) ? withUnit(fixed(ms / 1000, digits), 's') : NO_FIGURE

/** A length that somebody has set, in seconds: 2.25 s are not 2.3 s. */
export const exactSeconds = (ms: Figure): string => withUnit(exact(isFigure(ms) ? ms / 1000 : null), 's')

/** A length of time for people: `340 ms`, `12.3 s`, `4 min 5 s`. */
export function duration(ms: Figure): string {
  if (!isFigure(ms)) return NO_FIGURE
  if (ms < 1000) return withUnit(significant(ms, ms < 10 ? 2 : 3), 'ms')
  if (ms < 60_000) return withUnit(fixed(ms / 1000, 1), 's')
  const all = Math.round(ms / 1000)
  const parts = [
    [Math.floor(all / 3600), 'h'],
    [Math.floor((all % 3600) / 60), 'min'],
    [all % 60, 's'],
  ] as const
  return parts
    .filter(([n]) => n > 0)
    .slice(0, 2)
    .map(([n, unit]) => withUnit(String(n), unit))
    .join(' ')
}

/** A unit of bytes as the language names it: French counts octets. @example byteUnit('MB') // Mo */
export const byteUnit = (unit: ByteUnit): string => (language.value === 'fr' ? unit.replace('B', 'o') : unit)

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const
type ByteUnit = (typeof BYTE_UNITS)[number]

/** Bytes in the units of disks. */
export function bytes(count: Figure): string {
  if (!isFigure(count)) return NO_FIGURE
  let value = count
  let i = 0
  for (; value >= 999.5 && i < BYTE_UNITS.length - 1; i++) value /= 1000
  return withUnit(i === 0 ? fixed(value) : significant(value), byteUnit(BYTE_UNITS[i] as ByteUnit))
}

/** Day and time of an instant, as the browser’s clock has them. */
export const dateTime = (iso: string | null | undefined): string =>
  iso
    ? new Intl.DateTimeFormat(locale.value, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso))
    : NO_FIGURE

/** Time of day of an instant to the second, for what is followed live. */
export const clock = (iso: string | null | undefined): string =>
  iso ? new Intl.DateTimeFormat(locale.value, { timeStyle: 'medium' }).format(new Date(iso)) : NO_FIGURE

/** Day of an instant. */
export const date = (iso: string | null | undefined): string =>
  iso ? new Intl.DateTimeFormat(locale.value, { dateStyle: 'medium' }).format(new Date(iso)) : NO_FIGURE

/** A calendar date such as `2026-01-31`, which is the same day everywhere. */
export const calendarDay = (day: string | null | undefined): string =>
  day
    ? new Intl.DateTimeFormat(locale.value, { dateStyle: 'medium', timeZone: 'UTC' }).format(
        new Date(`${day}T00:00:00Z`),
      )
    : NO_FIGURE

/**
 * Day of an instant with the day of the week.
 *
 * @param timeZone whose day it is; the browser’s unless stated
 */
export const longDate = (iso: string, timeZone?: string): string =>
  new Intl.DateTimeFormat(locale.value, { dateStyle: 'full', ...(timeZone && { timeZone }) }).format(
    new Date(iso),
  )

/** How long ago an instant was, or how soon it will be: `3 minutes ago`. */
export function ago(iso: string | null | undefined, now = Date.now()): string {
  if (!iso) return NO_FIGURE
  const format = new Intl.RelativeTimeFormat(locale.value, { numeric: 'auto' })
  const s = (Date.parse(iso) - now) / 1000
  const steps = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ] as const
  const step = steps.find(([, length]) => Math.abs(s) >= length)
  return step ? format.format(Math.round(s / step[1]), step[0]) : format.format(Math.round(s), 'second')
}
