/** Takes the mean or the straight line out of a segment. @see scipy.signal.detrend */

/** `constant` takes out the mean, `linear` the line of least squares. */
export type Detrend = 'none' | 'constant' | 'linear'

/** @param x samples; changed in place, and returned */
export function detrend(x: Float64Array, kind: Detrend): Float64Array {
  if (kind === 'none' || x.length === 0) return x
  const n = x.length
  let sum = 0
  for (let i = 0; i < n; i++) sum += x[i] as number
  const mean = sum / n
  const middle = (n - 1) / 2
  let slope = 0
  if (kind === 'linear' && n > 1) {
    let product = 0
    for (let i = 0; i < n; i++) product += (i - middle) * ((x[i] as number) - mean)
    slope = product / ((n * (n * n - 1)) / 12)
  }
  for (let i = 0; i < n; i++) x[i] = (x[i] as number) - mean - slope * (i - middle)
  return x
}
