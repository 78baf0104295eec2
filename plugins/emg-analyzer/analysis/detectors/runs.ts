/** From signals to runs: where a level is exceeded, sample by sample or by windows. */
import type { Gaps, Run } from '../conditioning/gaps.ts'

/** The stretches between gaps. @param length in samples @param mask 1 where a sample is left out; null: nowhere */
export function stretchesOf(length: number, mask: Gaps['mask']): Run[] {
  if (!mask) return length > 0 ? [{ start: 0, end: length }] : []
  const stretches: Run[] = []
  for (let start = 0; start < length; start++) {
    let end = start
    while (end < length && !mask[end]) end++
    if (end > start) stretches.push({ start, end })
    start = end
  }
  return stretches
}

/** Runs of samples above `level`, in the unit of `signal`, within a stretch. */
export function runsAbove(signal: Float64Array, level: number, stretch: Run): Run[] {
  const runs: Run[] = []
  for (let start = stretch.start; start < stretch.end; start++) {
    let end = start
    while (end < stretch.end && (signal[end] as number) > level) end++
    if (end > start) runs.push({ start, end })
    start = end
  }
  return runs
}

/**
 * Runs that active windows cover, windows that touch being one; each from the first to the last value above the
 * level in it. A window tells that there is activity, but not where in it: dated by its own ends, activity would
 * begin up to a window too soon.
 *
 * @param length of a window
 * @param isActive whether the window from an index on is; asked for windows within the stretch only
 */
export function runsOfWindows(
  signal: Float64Array,
  level: number,
  stretch: Run,
  length: number,
  isActive: (start: number) => boolean,
): Run[] {
  const runs: Run[] = []
  const lastStart = stretch.end - length
  for (let start = stretch.start; start <= lastStart; start++) {
    if (!isActive(start)) continue
    let end = start + length
    for (let next = start + 1; next <= end && next <= lastStart; next++) {
      if (isActive(next)) end = next + length
    }
    let first = start
    while (first < end && !((signal[first] as number) > level)) first++
    let beyond = end
    while (beyond > first && !((signal[beyond - 1] as number) > level)) beyond--
    if (beyond > first) runs.push({ start: first, end: beyond })
    // The window from `end` on was asked already.
    start = end
  }
  return runs
}
