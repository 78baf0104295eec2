/** Moving mean as numpy.convolve(x, ones(n) / n, 'same') has it: zeros beyond both ends, a fixed divisor. */

/**
 * Biased low near the ends, where {@link movingMean} shrinks its window; here for results that must equal those
 * of programs that use it. Sample `i` averages from `i - floor(window / 2)` to `i + ceil(window / 2) - 1`.
 *
 * @param x samples, at least as many as the window; kept
 * @param window in samples, a whole number from 1 on
 * @throws {RangeError} for any other window, or a longer one than the signal
 */
export function movingMeanSame(x: ArrayLike<number>, window: number): Float64Array {
  const n = x.length
  if (!(Number.isSafeInteger(window) && window >= 1 && window <= n)) {
    throw new RangeError(`invalid window: ${window}`)
  }
  const before = window >> 1
  const after = window - 1 - before
  // Sums within blocks, as long as the window: nothing is subtracted, so no rounding error is left behind.
  const padded = n + window - 1
  const at = (i: number): number => {
    const place = i - before
    return place >= 0 && place < n ? (x[place] as number) : 0
  }
  const sumTo = new Float64Array(padded)
  const sumFrom = new Float64Array(padded)
  for (let i = 0, sum = 0; i < padded; i++) {
    sum = (i % window === 0 ? 0 : sum) + at(i)
    sumTo[i] = sum
  }
  for (let i = padded - 1, sum = 0; i >= 0; i--) {
    sum = ((i + 1) % window === 0 ? 0 : sum) + at(i)
    sumFrom[i] = sum
  }
  // Each mean takes the place of a sum that none after it reads.
  for (let i = 0; i < n; i++) {
    const last = i + before + after
    const sum = i % window === 0 ? (sumTo[last] as number) : (sumFrom[i] as number) + (sumTo[last] as number)
    sumFrom[i] = sum / window
  }
  return sumFrom.subarray(0, n)
}
