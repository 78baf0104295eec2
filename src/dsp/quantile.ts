/** Quantiles by linear interpolation between order statistics: definition 7 of Hyndman & Fan (1996), numpy's default. */

/**
 * @param values in any order; not NaN; kept
 * @param p 0 to 1
 * @returns NaN for no values
 */
export function quantile(values: ArrayLike<number>, p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`invalid p: ${p}`)
  return quantileSorted(new Float64Array(values).sort(), p)
}

/** {@link quantile} of values that are sorted already. */
export function quantileSorted(sorted: Float64Array, p: number): number {
  const position = p * (sorted.length - 1)
  const below = Math.floor(position)
  const value = sorted[below] ?? Number.NaN
  const above = sorted[below + 1]
  return above === undefined ? value : value + (above - value) * (position - below)
}

/** The middle value; the mean of both middle ones of an even number. */
export const median = (values: ArrayLike<number>): number => quantile(values, 0.5)
