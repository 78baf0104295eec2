/** Synthesised surface EMG with known truth: shaped noise that swells in bursts, and faults of known size. */
import { dsp } from '../../../src/sdk.ts'

/** A burst of activity. */
export interface Burst {
  readonly startMs: number
  readonly endMs: number
  /** RMS of the EMG within it, in volts. */
  readonly rms: number
}

export interface EmgSpec {
  /** Same seed, same samples. */
  readonly seed: number
  /** Hz. */
  readonly rate: number
  readonly durationS: number
  /** RMS at rest, in volts. */
  readonly baselineRms: number
  readonly bursts: readonly Burst[]
  /** Constant added, in volts. */
  readonly offset?: number
  /** Amplitude of a 50 Hz hum, in volts. */
  readonly hum?: number
  /** Stretches in which the value stands still at `value`. */
  readonly dropouts?: ReadonlyArray<{
    readonly startMs: number
    readonly endMs: number
    readonly value: number
  }>
  /** Values beyond this are cut off, in volts. */
  readonly rail?: number
}

export interface SynthesisedEmg {
  /** Volts. */
  readonly samples: Float64Array
  /** What was put in, with the number of samples that the rail cut off. */
  readonly truth: Omit<EmgSpec, 'seed'> & { readonly clippedSamples: number }
}

/** mulberry32 by Tommy Ettinger (public domain): 32 bits of state are plenty for test signals. */
export function seededRandom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Noise with the spectrum of surface EMG, most of it between 40 and 200 Hz, of RMS 1. */
export function emgNoise(seed: number, rate: number, n: number): Float64Array {
  const random = seededRandom(seed)
  const white = Float64Array.from(
    { length: n },
    // Box & Muller (1958), one of its two values.
    () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
  )
  const shaped = dsp.sosfilt(dsp.butterworth({ order: 2, kind: 'band', cutoff: [40, 200], rate }), white)
  const level = dsp.rms(shaped)
  return shaped.map((value) => value / level)
}

export function synthesiseEmg(spec: EmgSpec): SynthesisedEmg {
  const { seed, rate, durationS, baselineRms, bursts, offset = 0, hum = 0, dropouts = [], rail } = spec
  const at = (ms: number): number => Math.round((ms / 1000) * rate)
  const n = at(durationS * 1000)
  const gain = new Float64Array(n).fill(baselineRms)
  for (const { startMs, endMs, rms } of bursts) gain.fill(rms, at(startMs), at(endMs))
  const samples = emgNoise(seed, rate, n)
  let clippedSamples = 0
  for (let i = 0; i < n; i++) {
    const value =
      (samples[i] as number) * (gain[i] as number) + offset + hum * Math.sin((2 * Math.PI * 50 * i) / rate)
    const clipped = rail !== undefined && Math.abs(value) > rail
    if (clipped) clippedSamples++
    samples[i] = clipped ? Math.sign(value) * rail : value
  }
  for (const { startMs, endMs, value } of dropouts) samples.fill(value, at(startMs), at(endMs))
  const { seed: _, ...truth } = spec
  return { samples, truth: { ...truth, clippedSamples } }
}
