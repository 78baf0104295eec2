/** Contractions: where the envelope stands out from rest, by thresholds with hysteresis. */
import { dsp } from '../../../src/sdk.ts'
import { type Gaps, keptSamples, type Run } from './gaps.ts'
import type { AnalysisParameters } from './parameters.ts'

type Detection = AnalysisParameters['detection']

export interface Thresholds {
  /** A contraction rises above this. */
  readonly onset: number
  /** It begins and ends here. */
  readonly boundary: number
}

const samplesOf = (ms: number, rate: number): number => Math.max(1, Math.round((ms / 1000) * rate))

interface Window {
  readonly level: number
  readonly values: Float64Array
}

/**
 * The windows that hold rest: the quietest share of them. Where activity fills more than the rest of the
 * recording, part of that share is activity; it stands out from its quietest quarter and is left out.
 */
function quietest(
  windows: readonly Window[],
  { baselineFraction, baselineSpread }: Pick<Detection, 'baselineFraction' | 'baselineSpread'>,
): Window[] {
  const sorted = windows.toSorted((a, b) => a.level - b.level)
  const share = sorted.slice(0, Math.max(1, Math.round(sorted.length * baselineFraction)))
  // The envelope of silence may dip below zero.
  const most = baselineSpread * Math.abs(share[share.length >> 2]?.level ?? 0)
  return share.filter(({ level }) => level <= most)
}

/** @returns null when no window is free of gaps, so that rest is unknown */
export function findThresholds(
  envelope: Float64Array,
  gaps: Gaps,
  rate: number,
  detection: Detection,
): Thresholds | null {
  const { onsetSd, boundarySd, onsetShare, boundaryShare } = detection
  const length = samplesOf(detection.baselineWindowMs, rate)
  const windows: Window[] = []
  for (let start = 0; start + length <= envelope.length; start += length) {
    if (gaps.mask?.subarray(start, start + length).includes(1)) continue
    const values = envelope.subarray(start, start + length)
    windows.push({ level: dsp.mean(values), values })
  }
  if (windows.length === 0) return null
  const quiet = quietest(windows, detection)
  const level = dsp.mean(quiet.map((window) => window.level))
  // The deviation within windows: that between them is narrowed by having chosen the quietest.
  const variance = dsp.mean(
    quiet.map(({ level: own, values }) => dsp.rms(values) ** 2 - own ** 2).map((each) => Math.max(0, each)),
  )
  const sd = Math.sqrt(variance)
  const loud = dsp.quantile(keptSamples(envelope, gaps), 0.99)
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
  const mostRest = samplesOf(detection.mergeGapMs, rate)
  const mostLost = samplesOf(detection.bridgeGapMs, rate)
  const runs = mergeRuns(risingRuns(envelope, gaps, thresholds), gaps, mostRest, mostLost)
  const shortest = samplesOf(detection.minimumDurationMs, rate)
  return runs.filter(({ start, end }) => end - start >= shortest)
}
