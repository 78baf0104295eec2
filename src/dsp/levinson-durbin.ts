/** Autoregressive model from autocorrelations. @see Durbin (1960), Rev Int Stat Inst 28:233; Kay, Modern Spectral Estimation (1988), 6.3 */

/** `x[n] = a[1] x[n-1] + … + a[p] x[n-p] + e[n]`, by which a signal is foretold from what went before. */
export interface Autoregression {
  /** `a[1]` to `a[p]`. */
  readonly coefficients: Float64Array
  /** Variance of `e`, in the unit of the autocorrelations. */
  readonly variance: number
}

/**
 * Solves the Yule-Walker equations in steps that grow with the square of the order.
 *
 * @param autocorrelation at lags 0, 1, … p; biased estimates always give a stable model
 * @returns as many coefficients as there are lags but 0; those beyond where the signal is foretold wholly are 0
 * @throws {RangeError} for no lags, or unless that of lag 0 is finite and above 0
 * @example
 * levinsonDurbin([1, 0.5, 0.25]) // coefficients 0.5 and 0, variance 0.75
 */
export function levinsonDurbin(autocorrelation: ArrayLike<number>): Autoregression {
  const power = autocorrelation[0]
  if (!(power !== undefined && power > 0 && power < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`invalid autocorrelation at lag 0: ${power}`)
  }
  const order = autocorrelation.length - 1
  const coefficients = new Float64Array(order)
  const before = new Float64Array(order)
  let variance = power
  for (let k = 0; k < order && variance > 0; k++) {
    let unexplained = autocorrelation[k + 1] as number
    for (let j = 0; j < k; j++) {
      unexplained -= (coefficients[j] as number) * (autocorrelation[k - j] as number)
    }
    const reflection = unexplained / variance
    before.set(coefficients)
    for (let j = 0; j < k; j++) {
      coefficients[j] = (before[j] as number) - reflection * (before[k - 1 - j] as number)
    }
    coefficients[k] = reflection
    variance *= 1 - reflection * reflection
  }
  return { coefficients, variance: Math.max(0, variance) }
}
