/** Statistics of the contractions of a channel: how many, how long, how much rest between them. */
import { dsp } from '../../../src/sdk.ts'
import type { Run } from './conditioning/gaps.ts'
import type { BurstStatistics } from './schema.ts'

const toMs = (samples: number, rate: number): number => (samples / rate) * 1000

/** Sample standard deviation; null for fewer than two. */
function deviation(values: readonly number[]): number | null {
  if (values.length < 2) return null
  const mean = dsp.mean(values)
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
}

/** @param samples of the recording */
export function burstStatistics(runs: readonly Run[], samples: number, rate: number): BurstStatistics {
  const durations = runs.map(({ start, end }) => toMs(end - start, rate))
  const rests = runs.slice(1).map(({ start }, i) => toMs(start - (runs[i] as Run).end, rate))
  const total = durations.reduce((sum, each) => sum + each, 0)
  const length = toMs(samples, rate)
  return {
    count: runs.length,
    meanDurationMs: runs.length > 0 ? dsp.mean(durations) : null,
    sdDurationMs: deviation(durations),
    minDurationMs: runs.length > 0 ? durations.reduce((a, b) => Math.min(a, b)) : null,
    maxDurationMs: runs.length > 0 ? durations.reduce((a, b) => Math.max(a, b)) : null,
    timeUnderTensionMs: total,
    dutyCyclePercent: length > 0 ? (100 * total) / length : null,
    meanRestMs: rests.length > 0 ? dsp.mean(rests) : null,
    perMinute: length > 0 ? (60_000 * runs.length) / length : null,
  }
}
