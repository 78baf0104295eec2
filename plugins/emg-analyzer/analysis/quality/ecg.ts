/** Heartbeats in the EMG: regular, alike, and far above what is around them in 5 to 30 Hz. */
import { dsp } from '../../../../src/sdk.ts'
import type { Run } from '../conditioning/gaps.ts'
import type { CheckInput, QualityCheck } from './check.ts'

const BAND_HZ = [5, 30] as const
/** Heartbeats are looked for at about this sampling rate: enough for 30 Hz. */
const SLOW_HZ = 200
/** A beat stands out by this many robust standard deviations. */
const HEIGHT_SD = 6
/** Two beats lie at least this far apart, and at most this far, in seconds. */
const SHORTEST_S = 0.33
const LONGEST_S = 1.5
/** Fewer beats prove nothing. */
const FEWEST = 5
/** How even the intervals are at least: their standard deviation over their mean. */
const MOST_UNEVEN = 0.25
/** How alike the beats are at least: mean correlation with their average. */
const LEAST_ALIKE = 0.7
/** Half the length of a beat's picture, in seconds. */
const HALF_BEAT_S = 0.06

/** Places of the largest values that stand out within stretches, at least `apart` samples from each other. */
function peaksIn(x: Float64Array, runs: readonly Run[], height: number, apart: number): number[] {
  const peaks: number[] = []
  for (const { start, end } of runs) {
    for (let i = start; i < end; i++) {
      const size = Math.abs(x[i] as number)
      if (size < height) continue
      const last = peaks.at(-1)
      if (last === undefined || i - last >= apart) peaks.push(i)
      else if (size > Math.abs(x[last] as number)) peaks[peaks.length - 1] = i
    }
  }
  return peaks
}

/** Mean correlation of the pictures around the peaks with their average. */
function likeness(x: Float64Array, peaks: readonly number[], half: number): number {
  const pictures = peaks
    .filter((peak) => peak >= half && peak + half < x.length)
    .map((peak) => x.subarray(peak - half, peak + half + 1))
  if (pictures.length < FEWEST) return 0
  const average = new Float64Array(2 * half + 1)
  for (const picture of pictures) {
    for (let i = 0; i < average.length; i++) average[i] = (average[i] as number) + (picture[i] as number)
  }
  const product = (a: Float64Array, b: Float64Array): number =>
    a.reduce((sum, value, i) => sum + value * (b[i] as number), 0)
  const size = Math.sqrt(product(average, average))
  return dsp.mean(pictures.map((each) => product(each, average) / (size * Math.sqrt(product(each, each)))))
}

/** The intervals between neighbours that may be one beat apart. */
const intervalsOf = (peaks: readonly number[], rate: number): number[] =>
  peaks
    .slice(1)
    .map((peak, i) => (peak - (peaks[i] as number)) / rate)
    .filter((interval) => interval <= LONGEST_S)

export interface Heartbeat {
  readonly beats: number
  readonly perMinute: number
  /** Median height of the beats in 5 to 30 Hz, in the unit of the channel. */
  readonly amplitude: number
}

/** Means of `factor` samples each, at a rate as many times as low. */
function thin(x: Float64Array, factor: number): Float64Array {
  const means = new Float64Array(Math.floor(x.length / factor))
  for (let i = 0; i < means.length; i++) {
    let sum = 0
    for (let k = i * factor; k < (i + 1) * factor; k++) sum += x[k] as number
    means[i] = sum / factor
  }
  return means
}

/** Finds a heartbeat at rest; null where there is none. */
export function findHeartbeat({ signals, rest: stretches, rate: fullRate }: CheckInput): Heartbeat | null {
  if (!signals || fullRate < 4 * BAND_HZ[1]) return null
  const factor = Math.max(1, Math.floor(fullRate / SLOW_HZ))
  const rate = fullRate / factor
  const rest = stretches.map(({ start, end }) => ({
    start: Math.ceil(start / factor),
    end: Math.floor(end / factor),
  }))
  const count = rest.reduce((sum, { start, end }) => sum + Math.max(0, end - start), 0)
  if (count < FEWEST * SHORTEST_S * rate) return null
  const thinned = thin(signals.bridged, factor)
  const sections = dsp.butterworth({ order: 2, kind: 'band', cutoff: BAND_HZ, rate })
  if (thinned.length <= dsp.padLength(sections)) return null
  const slow = dsp.sosfiltfilt(sections, thinned)
  const sizes = new Float64Array(count)
  let at = 0
  for (const { start, end } of rest)
    for (let i = start; i < end; i++) sizes[at++] = Math.abs(slow[i] as number)
  // 0.6745: the median size of a Gaussian of unit deviation.
  const height = (HEIGHT_SD * dsp.median(sizes)) / 0.6745
  if (!(height > 0)) return null
  const peaks = peaksIn(slow, rest, height, Math.round(SHORTEST_S * rate))
  const intervals = intervalsOf(peaks, rate)
  if (intervals.length < FEWEST - 1) return null
  const mean = dsp.mean(intervals)
  const uneven = Math.sqrt(dsp.mean(intervals.map((each) => (each - mean) ** 2))) / mean
  if (uneven > MOST_UNEVEN || likeness(slow, peaks, Math.round(HALF_BEAT_S * rate)) < LEAST_ALIKE) return null
  return {
    beats: peaks.length,
    perMinute: 60 / dsp.median(intervals),
    amplitude: dsp.median(peaks.map((peak) => Math.abs(slow[peak] as number))),
  }
}

export const ecg: QualityCheck = {
  type: 'quality-check',
  id: 'ecg',
  summary: 'Whether heartbeats show at rest',
  unit: '1/min',
  reference: 'Drake & Callaghan (2006), J Electromyogr Kinesiol 16:175',
  assess(input) {
    if (!input.signals) return { status: 'unknown', value: null, message: 'It cannot be filtered.' }
    const heartbeat = findHeartbeat(input)
    if (!heartbeat) return { status: 'good', value: null }
    const message = `Heartbeats show at ${heartbeat.perMinute.toFixed(0)} a minute: raise the lower corner to 30 Hz.`
    return { status: 'usable', value: heartbeat.perMinute, message, details: heartbeat }
  },
}
