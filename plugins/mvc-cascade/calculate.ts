/** An MVC from samples: the loudest half second of contractions, or a percentile of the envelope. */
import { dsp } from '../../src/sdk.ts'

/** Samples `start` to `end`, exclusive. */
export interface Run {
  readonly start: number
  readonly end: number
}

/** A value calculated from samples. */
export interface CalculatedMvc {
  /** In the unit of the samples. */
  readonly value: number
  readonly method: 'rms-500' | 'p95-envelope'
  /** Contractions it was taken from; samples, for `p95-envelope`. */
  readonly n: number
  /** Whether the recording declares the unit of its samples, where the caller says so. */
  readonly unitBasis?: 'declared' | 'assumed'
}

export const WINDOW_MS = 500

/** Where a contraction is shorter than the window, it is the window, if it lasts at least this long. */
const SHORTEST_WINDOW_MS = 250

/** Share of a window that has to be there: dropouts take samples out of it. */
const LEAST_KEPT = 0.5

const oddAtMost = (n: number): number => (n % 2 === 1 ? n : n - 1)

/** Mean squares of the window around each sample, over what is not masked; NaN where too little is left. */
function movingMeanSquare(x: Float64Array, window: number, mask: Uint8Array | null): Float64Array {
  const squares = new Float64Array(x.length)
  for (let i = 0; i < x.length; i++) squares[i] = mask?.[i] ? 0 : (x[i] as number) ** 2
  const means = dsp.movingMean(squares, window)
  if (!mask) return means
  const lost = dsp.movingMean(mask, window)
  for (let i = 0; i < means.length; i++) {
    const kept = 1 - (lost[i] as number)
    means[i] = kept >= LEAST_KEPT ? (means[i] as number) / kept : Number.NaN
  }
  return means
}

/**
 * The largest RMS of a 500 ms window that lies within a run, over the samples that are no dropout. A run that is
 * shorter, but lasts at least 250 ms, is one window.
 *
 * @param filtered band-passed samples
 * @param rate Hz
 * @param mask 1 where a sample is to be left out
 * @returns null when the run is too short, or too little of it is left
 */
export function largestRms(
  filtered: Float64Array,
  rate: number,
  { start, end }: Run,
  mask: Uint8Array | null,
): number | null {
  const length = end - start
  if (length < 1 || length < (SHORTEST_WINDOW_MS / 1000) * rate) return null
  const window = Math.min(dsp.windowLength(WINDOW_MS, rate), oddAtMost(length))
  const half = (window - 1) / 2
  const means = movingMeanSquare(filtered.subarray(start, end), window, mask?.subarray(start, end) ?? null)
  let most = -1
  for (let i = half; i < length - half; i++) if ((means[i] as number) > most) most = means[i] as number
  return most < 0 ? null : Math.sqrt(most)
}

/**
 * The MVC as an exercise lets it be seen: the largest {@link largestRms} of its contractions. Exercises are seldom
 * maximal, so this is a lower bound of the true one.
 *
 * @param filtered band-passed samples
 * @param rate Hz
 * @param runs the contractions
 * @param mask 1 where a sample is a dropout or no number; null where none is
 * @returns null when no contraction is long enough
 */
export function calculateMvc(
  filtered: Float64Array,
  rate: number,
  runs: readonly Run[],
  mask: Uint8Array | null,
): CalculatedMvc | null {
  const values = runs.flatMap((run) => largestRms(filtered, rate, run, mask) ?? [])
  if (values.length === 0) return null
  return {
    value: values.reduce((most, value) => Math.max(most, value)),
    method: 'rms-500',
    n: values.length,
  }
}

/**
 * The 95th percentile of the envelope of a whole recording, rest included, as the `ghostly` preset takes it: it
 * depends on how much of the recording is rest.
 *
 * @returns null for no samples
 */
export function p95Envelope(envelope: Float64Array): CalculatedMvc | null {
  if (envelope.length === 0) return null
  return { value: dsp.quantile(envelope, 0.95), method: 'p95-envelope', n: envelope.length }
}
