/** Running median. @see Tukey, Exploratory Data Analysis (1977), ch. 7; scipy.signal.medfilt */

/** Index of the first value in order that is not below `value`, among the first `count`. */
function lowerBound(sorted: Float64Array, count: number, value: number): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] as number) < value) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * Centred median; beyond the ends the signal is taken as zero, as scipy does. The window is kept sorted, so a step
 * costs a search and a move within it.
 *
 * @param x samples; kept. A NaN makes those medians NaN whose window holds it
 * @param window in samples, an odd number
 * @returns as many medians, in the unit of `x`
 * @throws {RangeError} unless the window is an odd whole number from 1 on, of up to `2 x.length + 1` samples
 * @example
 * medianFilter([1, 2, 90, 3, 4], 3) // 1, 2, 3, 4, 3
 */
export function medianFilter(x: ArrayLike<number>, window: number): Float64Array {
  const n = x.length
  if (!(Number.isSafeInteger(window) && window >= 1 && window % 2 === 1 && window <= 2 * n + 1)) {
    throw new RangeError(`invalid window: ${window} for ${n} samples`)
  }
  const half = (window - 1) / 2
  const sorted = new Float64Array(window)
  const medians = new Float64Array(n)
  let unknown = 0
  // NaN has no place in an order: infinity stands for it, and the count of them tells.
  const orderable = (value: number): number => (Number.isNaN(value) ? Number.POSITIVE_INFINITY : value)
  // Takes out what leaves the window, puts in what enters; zero stands outside of the signal.
  function slide(leaving: number, entering: number): void {
    if (Number.isNaN(leaving)) unknown--
    if (Number.isNaN(entering)) unknown++
    const out = lowerBound(sorted, window, orderable(leaving))
    sorted.copyWithin(out, out + 1)
    const into = lowerBound(sorted, window - 1, orderable(entering))
    sorted.copyWithin(into + 1, into, window - 1)
    sorted[into] = orderable(entering)
  }
  for (let i = -half; i < n; i++) {
    const leaving = i - half - 1
    const entering = i + half
    slide(leaving >= 0 ? (x[leaving] as number) : 0, entering < n ? (x[entering] as number) : 0)
    if (i >= 0) medians[i] = unknown > 0 ? Number.NaN : (sorted[half] as number)
  }
  return medians
}
