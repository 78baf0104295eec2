/** Synthesised surface EMG with known truth: shaped noise that swells in bursts, and faults of known size. */
import { emgNoise } from './emg-noise.ts'
import { addHeartbeat, type Heart } from './heartbeat.ts'
import { warpedNoise } from './warped-noise.ts'

/** A burst of activity. */
export interface Burst {
  readonly startMs: number
  readonly endMs: number
  /** RMS of the EMG within it, hum, offset and faults left out. */
  readonly rms: number
}

/** A stretch in which the value stands still, as where a radio link breaks. */
export interface Dropout {
  readonly startMs: number
  readonly endMs: number
  readonly value: number
}

/** One channel to synthesise. Amplitudes are in the unit of the channel, times in ms from the first sample. */
export interface EmgSpec {
  /** Same seed, same samples. */
  readonly seed: number
  /** Hz, at least 400. */
  readonly rate: number
  readonly durationS: number
  /** RMS of the EMG outside of bursts, over all of it. */
  readonly baselineRms: number
  /** In order of time, none overlapping. */
  readonly bursts: readonly Burst[]
  /** Constant added. */
  readonly offset?: number
  /** Amplitude of a hum of the power line. */
  readonly hum?: number
  /** Of the power line, in Hz: 50 unless stated. */
  readonly humHz?: 50 | 60
  /** Amplitudes at twice the power line, three times, and so on; all below half the sampling rate. */
  readonly humHarmonics?: readonly number[]
  /** QRS complexes. */
  readonly heart?: Heart
  /**
   * Median frequency of the EMG, which runs straight from one to the other, from the start of the first burst to the
   * end of the last (from the first sample to the last without bursts), and stays before and after.
   */
  readonly medianFrequency?: { readonly fromHz: number; readonly toHz: number }
  /** In order of time, none overlapping. */
  readonly dropouts?: readonly Dropout[]
  /** Values beyond plus and minus this are cut off. */
  readonly rail?: number
}

/** What is in a synthesised channel. Times are those of the samples, so rounded to the sampling interval. */
export interface EmgTruth {
  readonly rate: number
  readonly durationS: number
  readonly baselineRms: number
  /** With their signal to noise ratio, `20 log10(rms / baselineRms)`; null where the baseline is silent. */
  readonly bursts: ReadonlyArray<Burst & { readonly snrDb: number | null }>
  readonly offset: number
  readonly humHz: number
  /** Amplitude of the hum. */
  readonly hum: number
  readonly humHarmonics: readonly number[]
  /** With the times of the R waves; null without a heart. */
  readonly heart: (Heart & { readonly beatsMs: readonly number[] }) | null
  /** Of the EMG alone; null where its spectrum stays. */
  readonly medianFrequency: {
    readonly fromHz: number
    readonly toHz: number
    readonly startMs: number
    readonly endMs: number
    readonly hzPerSecond: number
  } | null
  readonly dropouts: readonly Dropout[]
  /** Samples that the rail cut off, and their share of the samples outside of dropouts; null without a rail. */
  readonly clipping: { readonly rail: number; readonly samples: number; readonly percent: number } | null
}

/** Synthesised samples, and what is in them. */
export interface SynthesisedEmg {
  readonly samples: Float64Array
  readonly truth: EmgTruth
}

const HUM_HZ = 50

/** Median frequencies in Hz that surface EMG can be given. */
const MEDIANS = { least: 20, most: 200 } as const

/** Samples `start` to `end`, exclusive. */
type Timed<T> = T & { readonly start: number; readonly end: number }

function place<T extends { readonly startMs: number; readonly endMs: number }>(
  what: string,
  spans: readonly T[],
  rate: number,
  length: number,
): Timed<T>[] {
  let free = 0
  return spans.map((span) => {
    const start = Math.round((span.startMs / 1000) * rate)
    const end = Math.round((span.endMs / 1000) * rate)
    if (!(start >= free && end > start && end <= length)) {
      throw new RangeError(
        `${what} ${span.startMs} to ${span.endMs} ms is empty, overlaps another or lies outside`,
      )
    }
    free = end
    return { ...span, start, end, startMs: (1000 * start) / rate, endMs: (1000 * end) / rate }
  })
}

/** Brings the stretches of one level to an RMS, together. */
function level(noise: Float64Array, stretches: ReadonlyArray<readonly [number, number]>, rms: number): void {
  let squares = 0
  let count = 0
  for (const [start, end] of stretches) {
    for (let i = start; i < end; i++) squares += (noise[i] as number) ** 2
    count += end - start
  }
  const factor = squares > 0 ? rms / Math.sqrt(squares / count) : 0
  for (const [start, end] of stretches) {
    for (let i = start; i < end; i++) noise[i] = (noise[i] as number) * factor
  }
}

/** Cuts off what lies beyond the rail. */
function clip(samples: Float64Array, rail: number): Uint8Array {
  const clipped = new Uint8Array(samples.length)
  for (let i = 0; i < samples.length; i++) {
    const value = samples[i] as number
    if (Math.abs(value) <= rail) continue
    samples[i] = Math.sign(value) * rail
    clipped[i] = 1
  }
  return clipped
}

/** The EMG before its level is set. */
function noiseOf(
  { seed, rate, medianFrequency }: EmgSpec,
  length: number,
  bursts: ReadonlyArray<Timed<Burst>>,
): { readonly noise: Float64Array; readonly medianFrequency: EmgTruth['medianFrequency'] } {
  if (!medianFrequency) return { noise: emgNoise(seed, rate, length), medianFrequency: null }
  const { fromHz, toHz } = medianFrequency
  for (const hz of [fromHz, toHz]) {
    if (!(hz >= MEDIANS.least && hz <= MEDIANS.most)) throw new RangeError(`a median frequency of ${hz} Hz`)
  }
  const start = bursts[0]?.start ?? 0
  const end = bursts.at(-1)?.end ?? length
  const medianAt = (i: number): number =>
    fromHz + (toHz - fromHz) * Math.min(1, Math.max(0, (i - start) / (end - start)))
  const [startMs, endMs] = [(1000 * start) / rate, (1000 * end) / rate]
  const hzPerSecond = ((toHz - fromHz) * rate) / (end - start)
  return {
    noise: warpedNoise(seed, rate, length, medianAt),
    medianFrequency: { fromHz, toHz, startMs, endMs, hzPerSecond },
  }
}

function requireAmplitude(what: string, value: number): void {
  if (!(Number.isFinite(value) && value >= 0)) throw new RangeError(`${what} of ${value}`)
}

/**
 * Makes one channel: EMG, then hum, offset and heartbeats, then clipping, then dropouts, as they come about in a device.
 *
 * @throws {RangeError} for spans that overlap or lie outside, and for amplitudes, rates and frequencies that are none
 * @example
 * ```ts
 * const { samples, truth } = synthesiseEmg({
 *   seed: 1, rate: 1000, durationS: 10, baselineRms: 4e-6, bursts: [{ startMs: 2000, endMs: 4000, rms: 120e-6 }],
 * })
 * ```
 */
export function synthesiseEmg(spec: EmgSpec): SynthesisedEmg {
  const { rate, durationS, baselineRms, offset = 0, hum = 0, rail, heart } = spec
  const { humHz = HUM_HZ, humHarmonics = [] } = spec
  const length = Math.round(durationS * rate)
  if (!(Number.isSafeInteger(length) && length > 0)) throw new RangeError(`a duration of ${durationS} s`)
  requireAmplitude('a baseline RMS', baselineRms)
  const lines = [hum, ...humHarmonics]
  for (const amplitude of lines) requireAmplitude('a hum', amplitude)
  if (!(lines.length * humHz < rate / 2))
    throw new RangeError(`a hum of ${lines.length * humHz} Hz at ${rate} Hz`)
  if (heart && !(heart.perMinute > 0 && heart.perMinute <= 300)) {
    throw new RangeError(`a heart rate of ${heart.perMinute}`)
  }
  requireAmplitude('a heartbeat', heart?.amplitude ?? 0)
  for (const { rms } of spec.bursts) requireAmplitude('a burst RMS', rms)
  if (rail !== undefined && !(rail > 0)) throw new RangeError(`a rail of ${rail}`)
  const bursts = place('burst', spec.bursts, rate, length)
  const dropouts = place('dropout', spec.dropouts ?? [], rate, length)

  const { noise: samples, medianFrequency } = noiseOf(spec, length, bursts)
  const rests = [0, ...bursts.map(({ end }) => end)].map(
    (end, i) => [end, bursts[i]?.start ?? length] as const,
  )
  level(samples, rests, baselineRms)
  for (const { start, end, rms } of bursts) level(samples, [[start, end]], rms)
  for (let i = 0; i < length; i++) {
    const phase = (2 * Math.PI * humHz * i) / rate
    const line = lines.reduce((sum, amplitude, k) => sum + amplitude * Math.sin((k + 1) * phase), 0)
    samples[i] = (samples[i] as number) + offset + line
  }
  const beatsMs = heart ? addHeartbeat(samples, rate, heart) : []
  const clipped = rail === undefined ? null : clip(samples, rail)
  let kept = length
  for (const { start, end, value } of dropouts) {
    samples.fill(value, start, end)
    clipped?.fill(0, start, end)
    kept -= end - start
  }
  const cut = clipped?.reduce((sum, each) => sum + each, 0) ?? 0
  return {
    samples,
    truth: {
      rate,
      durationS: length / rate,
      baselineRms,
      bursts: bursts.map(({ startMs, endMs, rms }) => ({
        startMs,
        endMs,
        rms,
        snrDb: baselineRms > 0 && rms > 0 ? 20 * Math.log10(rms / baselineRms) : null,
      })),
      offset,
      humHz,
      hum,
      humHarmonics,
      heart: heart ? { ...heart, beatsMs } : null,
      medianFrequency,
      dropouts: dropouts.map(({ startMs, endMs, value }) => ({ startMs, endMs, value })),
      clipping:
        rail === undefined ? null : { rail, samples: cut, percent: kept > 0 ? (100 * cut) / kept : 0 },
    },
  }
}
