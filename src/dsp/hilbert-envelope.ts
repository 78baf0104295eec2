/** Envelope by the analytic signal. @see Marple (1999), IEEE Trans Signal Process 47:2600; scipy.signal.hilbert */
import { createFft } from './fft.ts'

/**
 * The magnitude of the analytic signal, whose spectrum is that of `x` without its negative half. The signal is
 * taken as periodic: a jump between its end and its beginning disturbs both.
 *
 * @param x samples, any number of them; kept. A NaN reaches all of the envelope
 * @returns as many values, from 0 on, in the unit of `x`
 * @example
 * hilbertEnvelope(bandPassed) // 1 throughout for a sine of amplitude 1 and whole periods
 */
export function hilbertEnvelope(x: ArrayLike<number>): Float64Array {
  const n = x.length
  if (n === 0) return new Float64Array(0)
  const fft = createFft(n)
  const re = new Float64Array(x)
  const im = new Float64Array(n)
  fft.transform(re, im)
  // Positive frequencies count twice, negative ones not; 0 Hz and half the rate are their own mirrors.
  const positive = Math.ceil(n / 2)
  for (let k = 1; k < positive; k++) {
    re[k] = 2 * (re[k] as number)
    im[k] = 2 * (im[k] as number)
  }
  re.fill(0, (n >> 1) + 1)
  im.fill(0, (n >> 1) + 1)
  // The inverse transform is the conjugate of the transform of the conjugate; magnitudes know no conjugate.
  for (let k = 0; k < n; k++) im[k] = -(im[k] as number)
  fft.transform(re, im)
  for (let i = 0; i < n; i++) re[i] = Math.sqrt((re[i] as number) ** 2 + (im[i] as number) ** 2) / n
  return re
}
