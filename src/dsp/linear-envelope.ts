/** Linear envelope: full-wave rectification and a zero-phase low-pass. @see Winter, Biomechanics (2009), ch. 10 */
import { type ButterworthDesign, butterworth } from './butterworth.ts'
import { dualPassCutoff } from './dual-pass-cutoff.ts'
import { padLength, sosfiltfiltInPlace } from './sosfiltfilt.ts'

/**
 * @param x band-passed samples; kept
 * @param rate Hz
 * @param cutoff corner of the low-pass in Hz
 * @param order of one pass; two passes are made
 * @param options.dualPassCorrection whether the corner of the low-pass is where both passes together are 3 dB down:
 * see {@link dualPassCutoff}. By default it is that of one pass, where both are 6 dB down
 * @returns as many samples, in the unit of `x`; it may fall slightly below zero at the foot of a steep slope
 * @throws {RangeError} when there are too few samples, or the corner is not below half the rate
 */
export function linearEnvelope(
  x: ArrayLike<number>,
  rate: number,
  cutoff: number,
  order: number,
  { dualPassCorrection = false }: { readonly dualPassCorrection?: boolean } = {},
): Float64Array {
  const design: ButterworthDesign = { order, kind: 'low', cutoff, rate }
  const corrected = dualPassCorrection ? { ...design, cutoff: dualPassCutoff(design) } : design
  const sections = butterworth(corrected)
  const pad = padLength(sections)
  const rectified = new Float64Array(x.length + 2 * pad)
  for (let i = 0; i < x.length; i++) rectified[pad + i] = Math.abs(x[i] as number)
  return sosfiltfiltInPlace(sections, rectified)
}
