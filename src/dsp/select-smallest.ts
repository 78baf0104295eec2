/** Selection in linear time: Hoare (1961), Commun ACM 4:321; turns to sorting as Musser (1997) does when it goes badly. */

/** Partings before a sort takes over: input made to defeat the pivot costs no more than sorting it. */
const MOST_PARTINGS = 64

/** The middle one of three. */
const middle = (a: number, b: number, c: number): number =>
  Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))

/**
 * Parts values in place, so that no value before index `k` is above, and none after it below, the one at `k`.
 *
 * @param values not NaN; reordered
 * @param k index in the order of size, 0 to `values.length - 1`
 * @returns the value at `k`
 * @throws {RangeError} when there is no such index
 */
export function selectSmallest(values: Float64Array, k: number): number {
  if (!(Number.isInteger(k) && k >= 0 && k < values.length)) throw new RangeError(`invalid index: ${k}`)
  let low = 0
  let high = values.length - 1
  for (let partings = 0; low < high; partings++) {
    if (partings === MOST_PARTINGS) {
      values.subarray(low, high + 1).sort()
      break
    }
    const pivot = middle(values[low] as number, values[(low + high) >>> 1] as number, values[high] as number)
    let i = low
    let j = high
    // The pivot is among the values, so that both scans stop within low to high.
    while (i <= j) {
      while ((values[i] as number) < pivot) i++
      while ((values[j] as number) > pivot) j--
      if (i > j) break
      const value = values[i] as number
      values[i++] = values[j] as number
      values[j--] = value
    }
    if (k <= j) high = j
    else if (k >= i) low = i
    else break
  }
  return values[k] as number
}
