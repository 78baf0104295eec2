/** Time normalisation: a stretch of a signal at evenly spaced points, 0 to 100 % by default. @see Winter, Biomechanics (2009), ch. 10 */
import { naturalSpline } from './natural-spline.ts'

/** From where to where a signal is resampled, and to how many points. */
export interface TimeNormaliseOptions {
  /** Points of the result, from 2 on: 101 by default. */
  readonly points?: number
  /** Where the first point lies, in samples, between them too: 0 by default. */
  readonly start?: number
  /** Where the last point lies, in samples: the last one by default. */
  readonly end?: number
  /** `cubic` is a natural spline; `linear` by default, which never overshoots. */
  readonly method?: 'linear' | 'cubic'
}

/** The value at a place, on the line between its neighbours; a neighbour of no weight has no say, were it NaN. */
function linearAt(x: ArrayLike<number>, at: number): number {
  const left = Math.floor(at)
  const share = at - left
  const value = x[left] as number
  return share === 0 ? value : value + ((x[left + 1] as number) - value) * share
}

/**
 * @param x samples; kept. A NaN reaches the points beside it, with `cubic` all of them
 * @returns `points` values, in the unit of `x`, the ends included; one sample gives a constant
 * @throws {RangeError} for no samples, fewer than two points, or a stretch that is turned about or leaves the signal
 * @example
 * timeNormalise(envelope, { start: heelStrike, end: nextHeelStrike }) // 101 values of a gait cycle
 */
export function timeNormalise(
  x: ArrayLike<number>,
  { points = 101, start = 0, end = x.length - 1, method = 'linear' }: TimeNormaliseOptions = {},
): Float64Array {
  if (!(Number.isSafeInteger(points) && points >= 2)) throw new RangeError(`invalid points: ${points}`)
  if (x.length === 0) throw new RangeError('there are no samples')
  if (!(start >= 0 && start <= end && end <= x.length - 1)) {
    throw new RangeError(`invalid stretch: ${start} to ${end} of ${x.length} samples`)
  }
  const valueAt = method === 'cubic' ? naturalSpline(x) : (at: number) => linearAt(x, at)
  const values = new Float64Array(points)
  for (let i = 0; i < points; i++) {
    // The ends themselves: a rounded sum might leave the signal.
    const at = i === points - 1 ? end : start + ((end - start) * i) / (points - 1)
    values[i] = valueAt(Math.min(at, end))
  }
  return values
}
