/** Contractions: where the envelope stands out from rest, by thresholds with hysteresis. */
import { dsp } from '../../../src/sdk.ts'
import type { Gaps, Run } from './gaps.ts'
import type { AnalysisParameters } from './parameters.ts'

type Detection = AnalysisParameters['detection']

export interface Thresholds {
  /** A contraction rises above this. */
  readonly onset: number
  /** It begins and ends here. */
  readonly boundary: number
}

const samplesOf = (ms: number, rate: number): number => Math.max(1, Math.round((ms / 1000) * rate))

/**
 * Rest is what the quietest windows hold: a share of them, so that neither long activity nor a
 * single artefact moves it.
 *
 * @returns null when no window is free of gaps
 */
export function findThresholds(
  envelope: Float64Array,
  gaps: Gaps,
  rate: number,
  { baselineWindowMs, baselineFraction, onsetSd, boundarySd, onsetShare, boundaryShare }: Detection,
): Thresholds | null {
  const length = samplesOf(baselineWindowMs, rate)
  const windows: Array<{ level: number; values: Float64Array }> = []
  for (let start = 0; start + length <= envelope.length; start += length) {
    if (gaps.mask?.subarray(start, start + length).includes(1)) continue
    const values = envelope.subarray(start, start + length)
    windows.push({ level: dsp.mean(values), values })
  }
  if (windows.length === 0) return null
  windows.sort((a, b) => a.level - b.level)
  const quiet = windows.slice(0, Math.max(1, Math.round(windows.length * baselineFraction)))
  const level = dsp.mean(quiet.map((window) => window.level))
  // The deviation within windows: that between them is narrowed by having chosen the quietest.
  const variance = dsp.mean(
    quiet.map(({ level: own, values }) => dsp.rms(values) ** 2 - own ** 2).map((each) => Math.max(0, each)),
  )
  const sd = Math.sqrt(variance)
  const loud = dsp.quantile(gaps.mask ? envelope.filter((_, i) => !gaps.mask?.[i]) : envelope, 0.99)
  return {
    onset: Math.max(level + onsetSd * sd, onsetShare * loud),
    boundary: Math.max(level + boundarySd * sd, boundaryShare * loud),
  }
}

/** Runs above the boundary that somewhere rise above the onset threshold. Nothing is found inside a gap. */
function risingRuns(envelope: Float64Array, { mask }: Gaps, { onset, boundary }: Thresholds): Run[] {
  const runs: Run[] = []
  for (let start = 0; start < envelope.length; start++) {
    let end = start
    let rises = false
    while (end < envelope.length && !mask?.[end] && (envelope[end] as number) > boundary) {
      if ((envelope[end] as number) > onset) rises = true
      end++
    }
    if (rises) runs.push({ start, end })
    start = end
  }
  return runs
}

function mergeRuns(runs: readonly Run[], gap: number): Run[] {
  const merged: Run[] = []
  for (const run of runs) {
    const last = merged.at(-1)
    if (last && run.start - last.end <= gap) merged[merged.length - 1] = { start: last.start, end: run.end }
    else merged.push(run)
  }
  return merged
}

/**
 * Finds contractions: runs above the thresholds, near ones merged, then short ones dropped.
 *
 * @param envelope of detection, in the unit of the signal
 */
export function findContractions(
  envelope: Float64Array,
  gaps: Gaps,
  rate: number,
  detection: Detection,
  thresholds: Thresholds,
): Run[] {
  const runs = mergeRuns(risingRuns(envelope, gaps, thresholds), samplesOf(detection.mergeGapMs, rate))
  const shortest = samplesOf(detection.minimumDurationMs, rate)
  return runs.filter(({ start, end }) => end - start >= shortest)
}
