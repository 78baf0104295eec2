/** Moving mean, by sums within blocks, as van Herk moves a maximum. @see van Herk (1992), Pattern Recognit Lett 13:517 */

/**
 * Centred moving mean; the window shrinks at both ends. The cost does not depend on the window. Nothing is
 * subtracted, so a large artefact leaves no rounding error behind, and a NaN reaches only windows that hold it.
 *
 * @param x samples; kept
 * @param window in samples, an odd number: see {@link windowLength}
 * @returns as many means, in the unit of `x`
 * @throws {RangeError} unless the window is an odd whole number from 1 on
 * @example
 * movingMean([1, 2, 6], 3) // 1.5, 3, 4
 */
export function movingMean(x: ArrayLike<number>, window: number): Float64Array {
  if (!(Number.isSafeInteger(window) && window > 0 && window % 2 === 1)) {
    throw new RangeError(`invalid window: ${window}`)
  }
  const n = x.length
  const half = (window - 1) / 2
  // Blocks as long as the window: it lies in one or two of them. sumTo[i] is from the block's first sample to i.
  const sumTo = new Float64Array(n)
  const sumFrom = new Float64Array(n)
  for (let i = 0, sum = 0; i < n; i++) {
    sum = (i % window === 0 ? 0 : sum) + (x[i] as number)
    sumTo[i] = sum
  }
  for (let i = n - 1, sum = 0; i >= 0; i--) {
    sum = ((i + 1) % window === 0 ? 0 : sum) + (x[i] as number)
    sumFrom[i] = sum
  }
  // Each mean takes the place of a sum that none after it reads: `last` is at `i` or beyond.
  for (let i = 0; i < n; i++) {
    const first = Math.max(0, i - half)
    const last = Math.min(n - 1, i + half)
    // Within one block, a window begins where the block does or ends where it does: else it would be too short.
    const startsBlock = first % window === 0
    const twoBlocks = Math.floor(first / window) < Math.floor(last / window)
    const sum = startsBlock ? 0 : (sumFrom[first] as number)
    sumTo[i] = (sum + (startsBlock || twoBlocks ? (sumTo[last] as number) : 0)) / (last - first + 1)
  }
  return sumTo
}

/** The odd number of samples nearest to a duration of `ms`: 1 at least. @param rate Hz */
export const windowLength = (ms: number, rate: number): number =>
  Math.max(1, 2 * Math.floor((ms * rate) / 2000) + 1)
