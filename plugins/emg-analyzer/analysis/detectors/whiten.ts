/** Whitening: what an autoregressive model of rest cannot foretell. @see Kay, Modern Spectral Estimation (1988), ch. 6 */
import { dsp } from '../../../../src/sdk.ts'
import type { Run } from '../conditioning/gaps.ts'

/** Autocorrelation over runs, none across their ends: the biased estimate, which gives a stable model. */
function autocorrelate(x: Float64Array, rest: readonly Run[], order: number): Float64Array {
  const sums = new Float64Array(order + 1)
  for (let lag = 0; lag <= order; lag++) {
    let sum = 0
    for (const { start, end } of rest) {
      for (let i = start + lag; i < end; i++) sum += (x[i] as number) * (x[i - lag] as number)
    }
    sums[lag] = sum
  }
  return sums
}

/**
 * Makes rest white: then its samples are independent, and sums of their squares follow a known law.
 *
 * @param x samples; kept
 * @param rest runs that the model is fitted to
 * @param order of the model: as many earlier samples foretell one
 * @returns as many samples; null when rest is silent
 */
export function whiten(x: Float64Array, rest: readonly Run[], order: number): Float64Array | null {
  const autocorrelation = autocorrelate(x, rest, order)
  if (!((autocorrelation[0] as number) > 0)) return null
  const { coefficients } = dsp.levinsonDurbin(autocorrelation)
  const white = new Float64Array(x.length)
  for (let i = 0; i < x.length; i++) {
    let unforeseen = x[i] as number
    for (let k = 1; k <= order && k <= i; k++) {
      unforeseen -= (coefficients[k - 1] as number) * (x[i - k] as number)
    }
    white[i] = unforeseen
  }
  return white
}
