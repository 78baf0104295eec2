/** Moving root mean square. @see Merletti & Cerone (2020), J Electromyogr Kinesiol 54:102440 */
import { movingMean } from './moving-mean.ts'

/**
 * Centred moving RMS, `sqrt(movingMean(x^2))`; the window shrinks at both ends.
 *
 * @param x samples; kept
 * @param window in samples, an odd number: see {@link windowLength}
 * @returns as many values, in the unit of `x`
 * @throws {RangeError} unless the window is an odd whole number from 1 on
 */
export function movingRms(x: ArrayLike<number>, window: number): Float64Array {
  const squares = new Float64Array(x.length)
  for (let i = 0; i < x.length; i++) squares[i] = (x[i] as number) ** 2
  const means = movingMean(squares, window)
  for (let i = 0; i < means.length; i++) means[i] = Math.sqrt(means[i] as number)
  return means
}
