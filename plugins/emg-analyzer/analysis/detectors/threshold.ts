/** Contractions where the envelope stands out from rest, by thresholds with hysteresis above a robust baseline. */
import * as v from 'valibot'
import { dsp } from '../../../../src/sdk.ts'
import { type Gaps, keptSamples, type Run } from '../conditioning/gaps.ts'
import { detector, samplesOf } from './detector.ts'
import { smoothRectified } from './smoothing.ts'

const positive = v.pipe(v.number(), v.finite(), v.gtValue(0))

const Parameters = v.strictObject({
  cutoffHz: v.pipe(positive, v.description('Corner of the envelope that contractions are found in')),
  order: v.pipe(positive, v.integer(), v.maxValue(10), v.description('Of one pass of its low-pass')),
  baselineWindowMs: v.pipe(positive, v.description('Length of the windows that rest is looked for in')),
  baselineFraction: v.pipe(positive, v.description('Share of the windows, the quietest, that count as rest')),
  baselineSpread: v.pipe(
    positive,
    v.description('… those only that are at most this many times as loud as the quietest eighth of them'),
  ),
  onsetSd: v.pipe(positive, v.description('A contraction rises above rest by this many standard deviations')),
  boundarySd: v.pipe(positive, v.description('It begins and ends where it crosses this many')),
  onsetShare: v.pipe(
    positive,
    v.description('… and by at least this share of the recording’s 99th percentile'),
  ),
  boundaryShare: v.pipe(positive, v.description('The same for its beginning and end')),
})

type ThresholdParameters = v.InferOutput<typeof Parameters>

interface Thresholds {
  /** A contraction rises above this. */
  readonly onset: number
  /** It begins and ends here. */
  readonly boundary: number
}

interface Window {
  readonly level: number
  readonly values: Float64Array
}

/**
 * The windows that hold rest: the quietest share of them. Where activity fills more than the rest of the
 * recording, part of that share is activity; it stands out from its quietest eighth and is left out.
 */
function quietest(windows: readonly Window[], parameters: ThresholdParameters): Window[] {
  const { baselineFraction, baselineSpread } = parameters
  const sorted = windows.toSorted((a, b) => a.level - b.level)
  const share = sorted.slice(0, Math.max(1, Math.round(sorted.length * baselineFraction)))
  // The envelope of silence may dip below zero.
  const most = baselineSpread * Math.abs(share[share.length >> 3]?.level ?? 0)
  return share.filter(({ level }) => level <= most)
}

/** @returns null when no window is free of gaps, so that rest is unknown */
function findThresholds(
  envelope: Float64Array,
  gaps: Gaps,
  rate: number,
  parameters: ThresholdParameters,
): Thresholds | null {
  const { onsetSd, boundarySd, onsetShare, boundaryShare } = parameters
  const length = samplesOf(parameters.baselineWindowMs, rate)
  const windows: Window[] = []
  for (let start = 0; start + length <= envelope.length; start += length) {
    if (gaps.mask?.subarray(start, start + length).includes(1)) continue
    const values = envelope.subarray(start, start + length)
    windows.push({ level: dsp.mean(values), values })
  }
  if (windows.length === 0) return null
  const quiet = quietest(windows, parameters)
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

export const threshold = detector({
  id: 'threshold',
  summary: 'Hysteresis between two thresholds, in standard deviations above a robust baseline',
  reference: 'Hodges & Bui (1996), Electroencephalogr Clin Neurophysiol 101:511, for thresholds in SD',
  parameters: Parameters,
  defaults: {
    cutoffHz: 30,
    order: 2,
    baselineWindowMs: 250,
    baselineFraction: 0.2,
    baselineSpread: 2,
    onsetSd: 8,
    boundarySd: 3,
    onsetShare: 0.1,
    boundaryShare: 0.05,
  },
  detect({ filtered, gaps, rate }, parameters) {
    const envelope = smoothRectified(filtered, rate, parameters)
    if (!envelope) return null
    const thresholds = findThresholds(envelope, gaps, rate, parameters)
    return thresholds && { runs: risingRuns(envelope, gaps, thresholds), thresholds: { ...thresholds } }
  },
})
