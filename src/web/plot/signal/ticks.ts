/** Round ticks of time and amplitude. @see https://d3js.org/d3-array/ticks */

export interface Ticks {
  readonly values: readonly number[]
  /** Decimals that its values take. */
  readonly decimals: number
}

const multiplesOf = (step: number, low: number, high: number): number[] => {
  const first = Math.ceil(low / step - 1e-9)
  const last = Math.floor(high / step + 1e-9)
  // Whole multiples, so that no sum of steps drifts.
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step)
}

/** Multiples of 1, 2 or 5 times a power of ten, at most `most` of them, between two bounds. */
export function roundTicks(low: number, high: number, most: number): Ticks {
  if (!(high > low) || !(most >= 1)) return { values: [], decimals: 0 }
  const rough = (high - low) / most
  const exponent = Math.floor(Math.log10(rough) + 1e-12)
  for (const digit of [1, 2, 5, 10, 20]) {
    const [whole, power] =
      digit >= 10 ? [digit / 10, exponent + 1] : ([digit, exponent] as readonly [number, number])
    const values =
      power < 0
        ? multiplesOf(whole, low * 10 ** -power, high * 10 ** -power).map((each) => each / 10 ** -power)
        : multiplesOf(whole * 10 ** power, low, high)
    if (values.length <= most) return { values, decimals: Math.max(0, -power) }
  }
  return { values: [], decimals: 0 }
}

/** Seconds between ticks that people count in. */
const LONG_STEPS_S = [10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200]

/** Recordings longer than that are read in minutes and seconds. */
export const MINUTES_FROM_MS = 180_000

/** Ticks of time, in seconds; in steps of minutes and their parts where those are read. */
export function timeTicks(fromMs: number, toMs: number, most: number, inMinutes: boolean): Ticks {
  const [from, to] = [fromMs / 1000, toMs / 1000]
  const rough = (to - from) / Math.max(1, most)
  if (!inMinutes || rough <= 5) return roundTicks(from, to, most)
  const step = LONG_STEPS_S.find((each) => multiplesOf(each, from, to).length <= most)
  return step === undefined
    ? roundTicks(from, to, most)
    : { values: multiplesOf(step, from, to), decimals: 0 }
}

/**
 * Minutes and seconds of a place: `2:05`, `2:05.4`.
 *
 * @param point between whole and decimals, as the language has it
 */
export function clock(seconds: number, decimals: number, point: string): string {
  const scale = 10 ** decimals
  const all = Math.round(Math.abs(seconds) * scale)
  const minutes = Math.floor(all / (60 * scale))
  const rest = all - minutes * 60 * scale
  const whole = String(Math.floor(rest / scale)).padStart(2, '0')
  const fraction = decimals > 0 ? `${point}${String(rest % scale).padStart(decimals, '0')}` : ''
  return `${seconds < 0 && all > 0 ? '-' : ''}${minutes}:${whole}${fraction}`
}
