/** Median absolute deviation. @see Hampel (1974), J Am Stat Assoc 69:383 */
import { median } from './quantile.ts'

/**
 * `median(|x - median(x)|)`, as scipy.stats.median_abs_deviation gives it: not scaled. Times 1.4826 it estimates the
 * standard deviation of a normal distribution, whatever up to half of the values are.
 *
 * @param values in any order; not NaN; kept
 * @returns NaN for no values
 */
export function medianAbsoluteDeviation(values: ArrayLike<number>): number {
  const centre = median(values)
  const deviations = new Float64Array(values.length)
  for (let i = 0; i < values.length; i++) deviations[i] = Math.abs((values[i] as number) - centre)
  return median(deviations)
}
