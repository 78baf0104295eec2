/** The least and the largest sample of each of many windows. */
import type { Stretch } from './grid.ts'

/** One value a window; NaN where no sample of it is left. */
export interface Extremes {
  readonly min: Float64Array
  readonly max: Float64Array
}

/** The least and the largest of samples; the least is above the largest where none is left. */
type Range = (from: number, to: number) => readonly [least: number, most: number]

/** Without a look at a mask this takes half the time. */
const rangeOf =
  (x: Float64Array): Range =>
  (from, to) => {
    let least = Number.POSITIVE_INFINITY
    let most = Number.NEGATIVE_INFINITY
    for (let i = from; i < to; i++) {
      const value = x[i] as number
      if (value < least) least = value
      if (value > most) most = value
    }
    return [least, most]
  }

const maskedRangeOf =
  (x: Float64Array, mask: Uint8Array): Range =>
  (from, to) => {
    let least = Number.POSITIVE_INFINITY
    let most = Number.NEGATIVE_INFINITY
    for (let i = from; i < to; i++) {
      if (mask[i] === 1) continue
      const value = x[i] as number
      if (value < least) least = value
      if (value > most) most = value
    }
    return [least, most]
  }

/**
 * Of windows of `length` samples, the last one cut at the end of the stretch. Exact: each value is one of the samples.
 *
 * @param x samples, in any unit
 * @param mask 1 where a sample is left out; what is no number has to be
 * @param length of a window, in samples
 */
export function extremesOf(
  x: Float64Array,
  mask: Uint8Array | null,
  { start, end }: Stretch,
  length: number,
): Extremes {
  const count = Math.ceil((end - start) / length)
  const min = new Float64Array(count).fill(Number.NaN)
  const max = new Float64Array(count).fill(Number.NaN)
  const range = mask ? maskedRangeOf(x, mask) : rangeOf(x)
  for (let k = 0; k < count; k++) {
    const from = start + k * length
    const [least, most] = range(from, Math.min(end, from + length))
    if (least > most) continue
    min[k] = least
    max[k] = most
  }
  return { min, max }
}

/**
 * Windows of whole blocks.
 *
 * @param first block that the first window begins with
 * @param end block behind that of the last window, which is cut there
 * @param ratio blocks in a window
 */
export function mergeExtremes(blocks: Extremes, first: number, end: number, ratio: number): Extremes {
  const count = Math.ceil((end - first) / ratio)
  const min = new Float64Array(count).fill(Number.NaN)
  const max = new Float64Array(count).fill(Number.NaN)
  for (let k = 0; k < count; k++) {
    const to = Math.min(end, first + (k + 1) * ratio)
    let least = Number.POSITIVE_INFINITY
    let most = Number.NEGATIVE_INFINITY
    for (let b = first + k * ratio; b < to; b++) {
      // Comparisons with NaN, of a block without samples, are false.
      if ((blocks.min[b] as number) < least) least = blocks.min[b] as number
      if ((blocks.max[b] as number) > most) most = blocks.max[b] as number
    }
    if (least > most) continue
    min[k] = least
    max[k] = most
  }
  return { min, max }
}
