/** Amplitude of a signal. @see Merletti & Cerone (2020), J Electromyogr Kinesiol 54:102440 */

/** Arithmetic mean; NaN for no values. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i] as number
  return sum / values.length
}

/** Root mean square: `sqrt(mean(x^2))`; NaN for no values. */
export function rms(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += (values[i] as number) ** 2
  return Math.sqrt(sum / values.length)
}

/** Mean absolute value, also average rectified value: `mean(|x|)`; NaN for no values. */
export function meanAbsolute(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += Math.abs(values[i] as number)
  return sum / values.length
}
