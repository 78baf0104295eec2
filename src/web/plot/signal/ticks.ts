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

/** Seconds between ticks from 10 on: whole minutes and their parts, as recordings are long. */
const LONG_STEPS_S = [10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 43_200]

/** Ticks of time, in seconds, as all places in a recording are told. */
export function timeTicks(fromMs: number, toMs: number, most: number): Ticks {
  const [from, to] = [fromMs / 1000, toMs / 1000]
  if ((to - from) / Math.max(1, most) <= 5) return roundTicks(from, to, most)
  const step = LONG_STEPS_S.find((each) => multiplesOf(each, from, to).length <= most)
  return step === undefined
    ? roundTicks(from, to, most)
    : { values: multiplesOf(step, from, to), decimals: 0 }
}
