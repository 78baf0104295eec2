/** Quantiles by linear interpolation between order statistics: definition 7 of Hyndman & Fan (1996), numpy's default. */
import { selectSmallest } from './select-smallest.ts'

/**
 * @param values in any order; not NaN; kept
 * @param p 0 to 1
 * @returns NaN for no values
 */
export function quantile(values: ArrayLike<number>, p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`invalid p: ${p}`)
  if (values.length === 0) return Number.NaN
  const parted = new Float64Array(values)
  const position = p * (parted.length - 1)
  const below = Math.floor(position)
  const value = selectSmallest(parted, below)
  if (position === below) return value
  // What comes next in order is the least of those that were parted off above.
  let above = Number.POSITIVE_INFINITY
  for (let i = below + 1; i < parted.length; i++)
    if ((parted[i] as number) < above) above = parted[i] as number
  return value + (above - value) * (position - below)
}

/** The middle one of `values`; the mean of both middle ones of an even number. NaN for none. */
export const median = (values: ArrayLike<number>): number => quantile(values, 0.5)
