/** Cut-offs of a Butterworth design that two passes leave 3 dB down. @see Robertson & Dowling (2003), J Electromyogr Kinesiol 13:569 */
import type { ButterworthDesign } from './butterworth.ts'

/**
 * Corrects a design for {@link sosfiltfilt}: two passes of order `n` square the response, so that it is 6 dB down
 * where one pass is 3 dB down. The corner is moved by `C = (2^(1/2) - 1)^(1/(2n))`: a low-pass is designed at
 * `fc / C`, a high-pass at `fc C`, and the width of a band between its corners is divided by `C`, that of a stop
 * multiplied.
 *
 * The factor holds for the analog prototype, so it is applied to `tan(pi fc / rate)`, as Winter, Biomechanics
 * (2009), 3.4.4.2 has it: two passes are 3 dB down exactly at the corners, also near half the rate, where `fc / C`
 * may not exist. Far below it, both are the same.
 *
 * @returns the cut-offs to design with, in Hz, as many as were given
 * @throws {RangeError} unless the order is above 0 and `0 < cut-offs < rate / 2`
 * @example
 * butterworth({ ...design, cutoff: dualPassCutoff(design) }) // order 2 at 6 Hz is designed at 7.48 Hz
 */
export function dualPassCutoff({ kind, order, cutoff, rate }: ButterworthDesign): number | [number, number] {
  const corners = typeof cutoff === 'number' ? [cutoff] : cutoff
  if (!(order > 0)) throw new RangeError(`invalid order: ${order}`)
  for (const hz of corners) {
    // Beyond half the rate the tangent begins anew: the result would look like a cut-off.
    if (!(hz > 0 && hz < rate / 2)) {
      throw new RangeError(`invalid cut-off: ${hz} Hz at a sampling rate of ${rate} Hz`)
    }
  }
  const correction = (Math.SQRT2 - 1) ** (1 / (2 * order))
  const toHz = (warped: number): number => (rate / Math.PI) * Math.atan(warped)
  const [low = 0, high = 0] = corners.map((hz) => Math.tan((Math.PI * hz) / rate))
  if (kind === 'low') return toHz(low / correction)
  if (kind === 'high') return toHz(low * correction)
  // Corners of a band lie at a distance of its width, with its centre as their geometric mean.
  const width = kind === 'band' ? (high - low) / correction : (high - low) * correction
  const root = Math.sqrt(width * width + 4 * low * high)
  return [toHz((root - width) / 2), toHz((root + width) / 2)]
}
