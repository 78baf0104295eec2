/** Windows that a segment is weighted by before its transform. @see Harris (1978), Proc IEEE 66:51 */

/** `rectangular` weighs all samples alike. */
export type Taper = 'hann' | 'hamming' | 'rectangular'

const COSINE = { hann: 0.5, hamming: 0.54, rectangular: 1 } as const

/**
 * The weights, periodic (the first would follow the last), as scipy.signal.get_window makes them for spectra.
 *
 * @param length samples, from 1 on
 */
export function taper(kind: Taper, length: number): Float64Array {
  const weights = new Float64Array(length)
  if (length === 1) return weights.fill(1)
  const level = COSINE[kind]
  for (let i = 0; i < length; i++) weights[i] = level - (1 - level) * Math.cos((2 * Math.PI * i) / length)
  return weights
}
