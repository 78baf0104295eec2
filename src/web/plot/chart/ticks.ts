/** Ticks of the axes, in the language of the page. */

const DAY = 86_400_000

/** Digits behind the point that tell ticks apart that stand `step` from each other. */
export const digitsOf = (step: number): number => {
  if (!(step > 0)) return 0
  for (let digits = 0; digits < 12; digits++) {
    const scaled = step * 10 ** digits
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6 * scaled) return digits
  }
  return 12
}

/**
 * Texts of instants that stand `step` ms from each other: days or times, with the month, day or year only where it changes.
 *
 * @param at ms since 1970, ascending
 * @param timeZone of the browser unless stated
 */
export function timeTicks(at: readonly number[], step: number, locale: string, timeZone?: string): string[] {
  const text = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { ...options, ...(timeZone && { timeZone }) })
    return (ms: number) => format.format(ms)
  }
  const year = text({ year: 'numeric' })
  const day = text({ day: 'numeric', month: 'short' })
  const isNew = (i: number, of: (ms: number) => string) =>
    i === 0 || of(at[i] as number) !== of(at[i - 1] as number)
  if (step >= DAY) {
    const own = step >= 27 * DAY ? text({ month: 'short' }) : day
    const spansYears = at.length > 1 && year(at[0] as number) !== year(at.at(-1) as number)
    return at.map((ms, i) => (spansYears && isNew(i, year) ? `${own(ms)}\n${year(ms)}` : own(ms)))
  }
  const own = text({
    hour: '2-digit',
    minute: '2-digit',
    ...(step < 60_000 && { second: '2-digit' }),
  })
  return at.map((ms, i) => (isNew(i, day) ? `${own(ms)}\n${day(ms)}` : own(ms)))
}

/** Every n-th category where all of them do not fit. */
export function categoryTicks(count: number, room: number): number[] {
  const step = Math.max(1, Math.ceil(count / Math.max(1, room)))
  return Array.from({ length: Math.ceil(count / step) }, (_, i) => i * step)
}
