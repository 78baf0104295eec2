/** Linear envelope: full-wave rectification and a zero-phase low-pass. @see Winter, Biomechanics (2009), ch. 10 */
import { butterworth } from './butterworth.ts'
import { sosfiltfilt } from './sosfiltfilt.ts'

/**
 * @param x band-passed samples; kept
 * @param rate Hz
 * @param cutoff corner of the low-pass in Hz
 * @param order of one pass; two passes are made
 * @returns as many samples, in the unit of `x`; it may fall slightly below zero at the foot of a steep slope
 * @throws {RangeError} when there are too few samples, or the corner is not below half the rate
 */
export function linearEnvelope(
  x: ArrayLike<number>,
  rate: number,
  cutoff: number,
  order: number,
): Float64Array {
  const rectified = new Float64Array(x.length)
  for (let i = 0; i < x.length; i++) rectified[i] = Math.abs(x[i] as number)
  return sosfiltfilt(butterworth({ order, kind: 'low', cutoff, rate }), rectified)
}
