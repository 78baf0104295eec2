/** Round ticks of an axis. @see https://d3js.org/d3-array/ticks */

const STEPS = [1, 2, 5, 10]

/** The values of an axis, and how many decimals they take. */
export interface Ticks {
  readonly values: readonly number[]
  readonly decimals: number
}

/**
 * Multiples of 1, 2 or 5 times a power of ten between two bounds, both included, about `count` of them and at most
 * twice as many.
 *
 * @param low finite; a span of 0 or less has no ticks but `low`
 */
export function ticksBetween(low: number, high: number, count: number): Ticks {
  if (!(high > low)) return { values: [low], decimals: 0 }
  const rough = (high - low) / count
  const power = Math.floor(Math.log10(rough))
  const factor = STEPS.find((each) => each * 10 ** power >= rough) ?? 10
  const exponent = factor === 10 ? power + 1 : power
  const digit = factor === 10 ? 1 : factor
  // Whole multiples, so that no sum of steps drifts: 0.1 + 0.2.
  const multiple = (k: number): number =>
    exponent < 0 ? (k * digit) / 10 ** -exponent : k * digit * 10 ** exponent
  const step = multiple(1)
  const first = Math.ceil(low / step - 1e-9)
  const last = Math.floor(high / step + 1e-9)
  return {
    values: Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => multiple(first + i)),
    decimals: Math.max(0, -exponent),
  }
}
