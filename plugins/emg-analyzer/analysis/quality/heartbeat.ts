/** Finds heartbeats: alike, evenly spaced, and far above what is around them in 5 to 30 Hz. */
import { dsp } from '../../../../src/sdk.ts'
import { type Run, solidParts } from '../conditioning/gaps.ts'
import type { CheckInput } from './check.ts'

const BAND_HZ = [5, 30] as const
/** Heartbeats are looked for at about this sampling rate: enough for 30 Hz. */
const SLOW_HZ = 200
/** A beat stands out by this many robust standard deviations. */
const HEIGHT_SD = 6
/** Two beats lie at least this far apart, and at most this far, in seconds: 40 to 180 a minute. */
const SHORTEST_S = 0.33
const LONGEST_S = 1.5
/** Fewer beats prove nothing. */
const FEWEST = 6
/** A strong beat looks like a contraction, but none lasts this long: a QRS complex takes 0.12 s at most. */
const LONGEST_BEAT_S = 0.35
/** Kept from longer contractions, in seconds. */
const MARGIN_S = 0.15
/** Beats that a contraction hides are counted across, up to this many. */
const HIDDEN = 5
/** Two beats are even when they lie a whole number of intervals apart but for this share of one: breathing moves them by a tenth. */
const EVEN = 0.2
/** Share of the pairs of neighbours that are even, at least; of beats at random it is 0.4. */
const LEAST_EVEN = 0.75
/** How alike the beats are at least: mean correlation of each with the average of the others. */
const LEAST_ALIKE = 0.75
/** Half the length of a beat's picture, in seconds. */
const HALF_BEAT_S = 0.1

export interface Heartbeat {
  readonly beats: number
  readonly perMinute: number
  /** Median height of the beats in 5 to 30 Hz, in the unit of the channel. */
  readonly amplitude: number
  /** Contractions that are no longer than a beat and hold one. */
  readonly takenForContractions: number
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

/** What lies outside of contractions that are too long to be beats, without gaps. */
function outsideOf(input: CheckInput): Run[] {
  const { contractions, rate, raw, gaps } = input
  const margin = Math.round(MARGIN_S * rate)
  const long = contractions.filter(({ start, end }) => end - start > LONGEST_BEAT_S * rate)
  return [...long, { start: raw.length + margin, end: raw.length + margin }].flatMap(({ start }, i) => {
    const before = long[i - 1]
    const run = { start: before ? before.end + margin : 0, end: start - margin }
    return run.end > run.start ? solidParts(run, gaps) : []
  })
}

/** Places of the largest values that stand out within stretches, at least `apart` samples from each other, by stretch. */
function peaksIn(x: Float64Array, runs: readonly Run[], height: number, apart: number): number[][] {
  return runs.map(({ start, end }) => {
    const peaks: number[] = []
    for (let i = start; i < end; i++) {
      const size = Math.abs(x[i] as number)
      if (size < height) continue
      const last = peaks.at(-1)
      if (last === undefined || i - last >= apart) peaks.push(i)
      else if (size > Math.abs(x[last] as number)) peaks[peaks.length - 1] = i
    }
    return peaks
  })
}

/** Mean correlation of the picture around each peak with the average of the others: short bursts of EMG are not alike. */
function likeness(x: Float64Array, peaks: readonly number[], half: number): number {
  const pictures = peaks
    .filter((peak) => peak >= half && peak + half < x.length)
    .map((peak) => x.subarray(peak - half, peak + half + 1))
  if (pictures.length < FEWEST) return 0
  const sum = new Float64Array(2 * half + 1)
  for (const picture of pictures) {
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (picture[i] as number)
  }
  const correlations = pictures.map((picture) => {
    let [own, cross, others] = [0, 0, 0]
    for (let i = 0; i < sum.length; i++) {
      const each = picture[i] as number
      const other = (sum[i] as number) - each
      own += each * each
      cross += each * other
      others += other * other
    }
    return own > 0 && others > 0 ? cross / Math.sqrt(own * others) : 0
  })
  return dsp.mean(correlations)
}

const differences = (values: readonly number[]): number[] =>
  values.slice(1).map((value, i) => value - (values[i] as number))

/** The interval that peaks keep to, also across contractions that hide some; null where they are uneven. */
function intervalOf(stretches: ReadonlyArray<readonly number[]>, rate: number): number | null {
  const near = stretches.flatMap(differences).filter((each) => each <= LONGEST_S * rate)
  if (near.length < 2) return null
  const first = dsp.median(near)
  const pairs = differences(stretches.flat())
    .map((length) => ({ length, beats: Math.max(1, Math.round(length / first)) }))
    .filter(({ beats }) => beats <= HIDDEN)
  const even = pairs.filter(({ length, beats }) => Math.abs(length / first - beats) <= EVEN)
  if (even.length < FEWEST - 1 || even.length < LEAST_EVEN * pairs.length) return null
  const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0)
  return sum(even.map(({ length }) => length)) / sum(even.map(({ beats }) => beats))
}

/** Robust standard deviation of what lies in stretches. */
function spreadIn(x: Float64Array, runs: readonly Run[]): number {
  const sizes = new Float64Array(runs.reduce((sum, { start, end }) => sum + end - start, 0))
  let at = 0
  for (const { start, end } of runs) for (let i = start; i < end; i++) sizes[at++] = Math.abs(x[i] as number)
  // 0.6745: the median size of a Gaussian of unit deviation.
  return sizes.length > 0 ? dsp.median(sizes) / 0.6745 : 0
}

/** Contractions that are as short as a beat, with a beat in them. */
const takenFor = ({ contractions, rate }: CheckInput, beats: readonly number[]): number =>
  contractions.filter(
    ({ start, end }) =>
      end - start <= LONGEST_BEAT_S * rate && beats.some((beat) => beat >= start && beat < end),
  ).length

/** Finds a heartbeat outside of long contractions; null where there is none. */
export function findHeartbeat(input: CheckInput): Heartbeat | null {
  const { signals, rate: fullRate } = input
  if (!signals || fullRate < 4 * BAND_HZ[1]) return null
  const factor = Math.max(1, Math.floor(fullRate / SLOW_HZ))
  const rate = fullRate / factor
  const stretches = outsideOf(input)
    .map(({ start, end }) => ({ start: Math.ceil(start / factor), end: Math.floor(end / factor) }))
    .filter(({ start, end }) => end > start)
  const thinned = thin(signals.bridged, factor)
  const sections = dsp.butterworth({ order: 2, kind: 'band', cutoff: BAND_HZ, rate })
  if (thinned.length <= dsp.padLength(sections)) return null
  const slow = dsp.sosfiltfilt(sections, thinned)
  const height = HEIGHT_SD * spreadIn(slow, stretches)
  if (!(height > 0)) return null
  const found = peaksIn(slow, stretches, height, Math.round(SHORTEST_S * rate))
  const interval = intervalOf(found, rate)
  const peaks = found.flat()
  if (interval === null || likeness(slow, peaks, Math.round(HALF_BEAT_S * rate)) < LEAST_ALIKE) return null
  return {
    beats: peaks.length,
    perMinute: (60 * rate) / interval,
    amplitude: dsp.median(peaks.map((peak) => Math.abs(slow[peak] as number))),
    takenForContractions: takenFor(
      input,
      peaks.map((peak) => (peak + 0.5) * factor),
    ),
  }
}
