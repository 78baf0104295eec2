/** Rest: what lies outside of contractions, with some distance. */
import { type Gaps, type Run, solidParts } from '../conditioning/gaps.ts'

/** Kept from each contraction, in seconds: activity fades in and out. */
const MARGIN_S = 0.25

/** Stretches of rest without a gap; all of the channel where nothing was found. */
export function restOf(samples: number, contractions: readonly Run[], gaps: Gaps, rate: number): Run[] {
  const margin = Math.round(MARGIN_S * rate)
  const stretches: Run[] = []
  let from = 0
  for (const { start, end } of contractions) {
    if (start - margin > from) stretches.push({ start: from, end: start - margin })
    from = Math.max(from, end + margin)
  }
  if (samples > from) stretches.push({ start: from, end: samples })
  return stretches.flatMap((run) => solidParts(run, gaps))
}
