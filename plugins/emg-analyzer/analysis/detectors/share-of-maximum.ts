/** Contractions as the GHOSTLY+ EMG C3D Analyzer finds them: above a share of the largest value of the recording. */
import * as v from 'valibot'
import { dsp } from '../../../../src/sdk.ts'
import type { Run } from '../conditioning/gaps.ts'
import { detector } from './detector.ts'

const share = v.pipe(v.number(), v.gtValue(0), v.ltValue(1))
const milliseconds = v.pipe(v.number(), v.finite(), v.minValue(0))

const Parameters = v.strictObject({
  share: v.pipe(share, v.description('Share of the largest smoothed value, where the envelope decides')),
  activatedShare: v.pipe(share, v.description('… and where the device’s activated channel does')),
  useActivated: v.pipe(
    v.boolean(),
    v.description('Whether the activated channel decides on the times, where there is one'),
  ),
  smoothingSamples: v.pipe(v.number(), v.integer(), v.minValue(1), v.description('Moving mean, in samples')),
  minimumDurationMs: v.pipe(milliseconds, v.description('Shorter ones are dropped, before merging')),
  mergeGapMs: v.pipe(milliseconds, v.description('Contractions closer than this are one')),
  refractoryMs: v.pipe(milliseconds, v.description('One that begins sooner after the last is dropped')),
  maximumDurationMs: v.pipe(
    v.number(),
    v.gtValue(0),
    v.description('Longer ones are cut into pieces of this length'),
  ),
})

type ShareParameters = v.InferOutput<typeof Parameters>

/** As Python's int(): towards zero. */
const samplesOf = (ms: number, rate: number): number => Math.trunc((ms / 1000) * rate)

/** Where the signal is above the threshold; one that is still above at the end ends with the last sample. */
function runsAbove(signal: Float64Array, threshold: number): Run[] {
  const runs: Run[] = []
  for (let i = 0; i < signal.length; i++) {
    if (!((signal[i] as number) > threshold)) continue
    let end = i + 1
    while (end < signal.length && (signal[end] as number) > threshold) end++
    runs.push({ start: i, end: Math.min(end, signal.length - 1) })
    i = end
  }
  return runs
}

function keepLong(runs: readonly Run[], shortest: number, refractory: number): Run[] {
  const kept: Run[] = []
  for (const [i, run] of runs.entries()) {
    if (run.end - run.start < shortest) continue
    if (refractory > 0 && i > 0 && run.start - (kept.at(-1)?.end ?? 0) < refractory) continue
    kept.push(run)
  }
  return kept
}

function merge(runs: readonly Run[], gap: number): Run[] {
  const merged: Run[] = []
  for (const run of runs) {
    const last = merged.at(-1)
    if (last && run.start - last.end <= gap) merged[merged.length - 1] = { start: last.start, end: run.end }
    else merged.push(run)
  }
  return merged
}

/** Consecutive pieces with at least a sample between them; the last may be of any length. */
function split(runs: readonly Run[], longest: number, refractory: number): Run[] {
  const pieces: Run[] = []
  for (const { start, end } of runs) {
    let at = start
    while (end - at > longest) {
      pieces.push({ start: at, end: at + longest })
      at += longest + Math.max(1, refractory)
    }
    if (at < end) pieces.push({ start: at, end })
  }
  return pieces
}

function detect(signal: Float64Array, factor: number, rate: number, parameters: ShareParameters) {
  const { smoothingSamples, minimumDurationMs, mergeGapMs, refractoryMs, maximumDurationMs } = parameters
  if (signal.length < smoothingSamples) return null
  const rectified = new Float64Array(signal.length)
  for (let i = 0; i < signal.length; i++) rectified[i] = Math.abs(signal[i] as number)
  const smoothed = dsp.movingMeanSame(rectified, smoothingSamples)
  let most = 0
  for (let i = 0; i < smoothed.length; i++) most = Math.max(most, smoothed[i] as number)
  if (most < 1e-9) return null
  const threshold = most * factor
  const refractory = samplesOf(refractoryMs, rate)
  const long = keepLong(runsAbove(smoothed, threshold), samplesOf(minimumDurationMs, rate), refractory)
  const merged = merge(long, samplesOf(mergeGapMs, rate))
  return { runs: split(merged, Math.max(1, samplesOf(maximumDurationMs, rate)), refractory), threshold }
}

export const shareOfMaximum = detector({
  id: 'share-of-maximum',
  summary: 'Above a share of the largest value of the recording; one artefact hides everything else',
  reference: 'GHOSTLY+ EMG C3D Analyzer 2.1.0',
  parameters: Parameters,
  defaults: {
    share: 0.1,
    activatedShare: 0.05,
    useActivated: true,
    smoothingSamples: 100,
    minimumDurationMs: 100,
    mergeGapMs: 200,
    refractoryMs: 0,
    maximumDurationMs: 10_000,
  },
  finished: true,
  detect({ envelope, activated, rate }, parameters) {
    const evidence = parameters.useActivated ? activated : null
    const found = evidence
      ? detect(evidence, parameters.activatedShare, rate, parameters)
      : detect(envelope, parameters.share, rate, parameters)
    return found && { runs: found.runs, endInclusive: true, thresholds: { level: found.threshold } }
  },
})
