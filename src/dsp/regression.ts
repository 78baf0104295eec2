/** Straight line by least squares. @see Draper & Smith, Applied Regression Analysis (1998), ch. 1; scipy.stats.linregress */
import { studentTwoSided } from './student-t.ts'

/** A fitted line `y = intercept + slope x`. What the points cannot tell is null. */
export interface Regression {
  /** Points. */
  readonly n: number
  /** In the unit of y over that of x; null where x does not vary, as for fewer than two points. */
  readonly slope: number | null
  /** In the unit of y, at `x = 0`; null with the slope. */
  readonly intercept: number | null
  /** Pearson’s correlation, -1 to 1; null where x or y does not vary. */
  readonly r: number | null
  /** Share of the variance of y that the line explains; null with `r`. */
  readonly r2: number | null
  /** Of the slope, in its unit; null for fewer than three points. */
  readonly standardError: number | null
  /** Two-sided, of a slope of 0 by Student’s t on `n - 2` degrees of freedom; null with `r`, and for fewer than three points. */
  readonly p: number | null
}

/** How far values lie from their mean, in units of the farthest from the first; exactly 0 where none varies. */
interface Spread {
  readonly mean: number
  /** Farthest distance from the first value. */
  readonly size: number
  readonly deviations: Float64Array
}

function spreadOf(values: ArrayLike<number>): Spread {
  const n = values.length
  const first = values[0] as number
  const deviations = new Float64Array(n)
  let size = 0
  for (let i = 0; i < n; i++) {
    const distance = (values[i] as number) - first
    if (!Number.isFinite(distance)) throw new RangeError(`no line through ${values[i]} and ${first}`)
    deviations[i] = distance
    size = Math.max(size, Math.abs(distance))
  }
  if (size === 0) return { mean: first, size, deviations }
  let sum = 0
  for (let i = 0; i < n; i++) sum += (deviations[i] as number) / size
  const mean = sum / n
  for (let i = 0; i < n; i++) deviations[i] = (deviations[i] as number) / size - mean
  return { mean: first + mean * size, size, deviations }
}

function sumOfProducts(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number)
  return sum
}

const UNKNOWN = { slope: null, intercept: null, r: null, r2: null, standardError: null, p: null }

/**
 * Fits a line. The deviations are scaled first, so that neither unit nor offset costs accuracy.
 *
 * - Fewer than two points, or an x that does not vary: nothing is known.
 * - Two points: the line through them, `r` of 1 or -1; no standard error, no p.
 * - A y that does not vary: a slope and standard error of 0; no correlation and no p.
 *
 * @param x as many values as `y`
 * @param y values, all finite
 * @throws {RangeError} when the lengths differ, or a value is not finite or too far from the others
 * @example
 * linearRegression([0, 1, 2], [1, 3, 5]) // slope 2, intercept 1, r 1, p 0
 */
export function linearRegression(x: ArrayLike<number>, y: ArrayLike<number>): Regression {
  const n = x.length
  if (y.length !== n) throw new RangeError(`${n} values of x, ${y.length} of y`)
  if (n === 0) return { n, ...UNKNOWN }
  const { mean: meanX, size: sizeX, deviations: dx } = spreadOf(x)
  const { mean: meanY, size: sizeY, deviations: dy } = spreadOf(y)
  if (sizeX === 0) return { n, ...UNKNOWN }
  const xx = sumOfProducts(dx, dx)
  const steepness = sumOfProducts(dx, dy) / xx
  const slope = (steepness * sizeY) / sizeX
  const intercept = meanY - slope * meanX
  if (!Number.isFinite(intercept)) throw new RangeError('the line is too steep for a number')
  const residuals = dy.map((each, i) => each - steepness * (dx[i] as number))
  const error = n < 3 ? null : Math.sqrt(sumOfProducts(residuals, residuals) / (n - 2) / xx)
  const standardError = error === null ? null : (error * sizeY) / sizeX
  if (sizeY === 0) return { n, slope, intercept, r: null, r2: null, standardError, p: null }
  const r = Math.max(-1, Math.min(1, steepness * Math.sqrt(xx / sumOfProducts(dy, dy))))
  const p = error === null ? null : studentTwoSided(steepness === 0 ? 0 : steepness / error, n - 2)
  return { n, slope, intercept, r, r2: r * r, standardError, p }
}
