/** Rest: the stretches of a recording that detectors take as the baseline, since clinics mark none. */
import * as v from 'valibot'
import { dsp } from '../../../../src/sdk.ts'
import type { Gaps, Run } from '../conditioning/gaps.ts'
import { samplesOf } from './detector.ts'

const positive = v.pipe(v.number(), v.finite(), v.gtValue(0))

/** To be spread into the parameters of a detector that needs a baseline. */
export const REST_PARAMETERS = {
  restWindowMs: v.pipe(positive, v.description('Length of the windows that rest is looked for in')),
  restShare: v.pipe(
    v.number(),
    v.minValue(0),
    v.maxValue(1),
    v.description('Share of the windows that are taken to be rest whatever the recording: the quietest'),
  ),
  restSpread: v.pipe(
    v.number(),
    v.minValue(1),
    v.description('… and all others are that are at most this many times as loud as the loudest of them'),
  ),
}

export interface RestParameters {
  readonly restWindowMs: number
  readonly restShare: number
  readonly restSpread: number
}

/**
 * Taking the quietest windows only would make the baseline quieter than rest is, the more so the shorter the
 * windows: from them the level of rest is read, and every window near that level counts.
 */
export const REST_DEFAULTS: RestParameters = { restWindowMs: 250, restShare: 0.05, restSpread: 1.5 }

/**
 * The windows that hold rest, by their RMS. Windows that touch a gap are left out.
 *
 * @param filtered band-passed samples
 * @returns half-open runs of one length, in order; null when no window is free of gaps, when rest is
 * silent, and where there is no level because values are not finite
 */
export function findRest(
  filtered: Float64Array,
  gaps: Gaps,
  rate: number,
  { restWindowMs, restShare, restSpread }: RestParameters,
): Run[] | null {
  const length = samplesOf(restWindowMs, rate)
  const windows: Run[] = []
  const levels: number[] = []
  for (let start = 0; start + length <= filtered.length; start += length) {
    const end = start + length
    if (gaps.mask?.subarray(start, end).includes(1)) continue
    windows.push({ start, end })
    levels.push(dsp.rms(filtered.subarray(start, end)))
  }
  if (windows.length === 0 || !levels.every(Number.isFinite)) return null
  const most = restSpread * dsp.quantile(levels, restShare)
  return most > 0 ? windows.filter((_, i) => (levels[i] as number) <= most) : null
}

/** Mean and standard deviation over all samples of the runs. */
export function restStatistics(signal: Float64Array, rest: readonly Run[]): { mean: number; sd: number } {
  let sum = 0
  let count = 0
  for (const { start, end } of rest) {
    for (let i = start; i < end; i++) sum += signal[i] as number
    count += end - start
  }
  const mean = sum / count
  let squares = 0
  for (const { start, end } of rest) {
    for (let i = start; i < end; i++) squares += ((signal[i] as number) - mean) ** 2
  }
  return { mean, sd: Math.sqrt(squares / count) }
}
