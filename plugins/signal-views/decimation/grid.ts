/** Where the windows of an answer lie: as many as were asked for, in steps that pyramids can be read in. */

/** Samples `start` to `end`, exclusive. */
export interface Stretch {
  readonly start: number
  readonly end: number
}

/** Samples in a block of each level of a pyramid. */
export const BLOCKS = [16, 256, 4096] as const

/** Samples in a block. */
export type Block = (typeof BLOCKS)[number]

/** A window has at least so many blocks of the level that it is read from, which keeps its length near what was asked. */
const LEAST_BLOCKS = 4

/** The windows of a stretch, one behind the other. */
export interface Grid extends Stretch {
  /** Samples in a window, but for the last one, which ends with the stretch; 1: the samples themselves. */
  readonly length: number
  readonly count: number
  /** The level that the windows are read from; null: from the samples. */
  readonly block: Block | null
}

/**
 * The windows of a stretch. With at most `points` samples in it, each is a window of its own. Else there are at most
 * `points / 2` windows, since each gives two values: window k is the samples from `start + k * length` on. The length is
 * the least that does; from 64 samples on, windows are whole blocks, and the stretch is widened to whole blocks by less
 * than one at each end.
 *
 * @param stretch within the recording
 * @param total samples of the recording
 * @param points at least 2
 * @example
 * gridOf({ start: 0, end: 173_370 }, 173_370, 2000) // 986 windows of 176 samples, the last of 10
 */
export function gridOf({ start, end }: Stretch, total: number, points: number): Grid {
  const samples = end - start
  if (samples <= points) return { start, end, length: 1, count: samples, block: null }
  const windows = Math.floor(points / 2)
  const least = Math.ceil(samples / windows)
  const block = BLOCKS.findLast((each) => least >= LEAST_BLOCKS * each) ?? null
  if (block === null) return { start, end, length: least, count: Math.ceil(samples / least), block }
  const first = Math.floor(start / block) * block
  const last = Math.min(total, Math.ceil(end / block) * block)
  // Widening adds less than two blocks, which may be one window too many.
  const length = Math.ceil(Math.max(least, (last - first) / windows) / block) * block
  return { start: first, end: last, length, count: Math.ceil((last - first) / length), block }
}
