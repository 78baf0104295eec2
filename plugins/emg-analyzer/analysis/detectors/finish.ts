/** From runs above a threshold to contractions: near ones are merged first, short ones dropped after. */
import type { Gaps, Run } from '../conditioning/gaps.ts'
import { samplesOf } from './detector.ts'

export interface FinishParameters {
  /** Runs with no more rest than this between them are one. */
  readonly mergeGapMs: number
  /** A contraction goes on across gaps in it of up to this length. */
  readonly bridgeGapMs: number
  /** Shorter ones are dropped, after merging. */
  readonly minimumDurationMs: number
}

function countMasked({ mask }: Gaps, start: number, end: number): number {
  let count = 0
  for (let i = start; mask && i < end; i++) count += mask[i] as number
  return count
}

/** Joins runs that little rest was seen between: lost samples show no rest, but only so many are bridged. */
function mergeRuns(runs: readonly Run[], gaps: Gaps, mostRest: number, mostLost: number): Run[] {
  const merged: Run[] = []
  for (const run of runs) {
    const last = merged.at(-1)
    const lost = last ? countMasked(gaps, last.end, run.start) : 0
    if (last && run.start - last.end - lost <= mostRest && lost <= mostLost) {
      merged[merged.length - 1] = { start: last.start, end: run.end }
    } else merged.push(run)
  }
  return merged
}

/** @param rate sampling rate in Hz */
export function finishRuns(
  runs: readonly Run[],
  gaps: Gaps,
  rate: number,
  { mergeGapMs, bridgeGapMs, minimumDurationMs }: FinishParameters,
): Run[] {
  const merged = mergeRuns(runs, gaps, samplesOf(mergeGapMs, rate), samplesOf(bridgeGapMs, rate))
  const shortest = samplesOf(minimumDurationMs, rate)
  return merged.filter(({ start, end }) => end - start >= shortest)
}
