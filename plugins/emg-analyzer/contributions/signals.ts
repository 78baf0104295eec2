/** Synthetic signals that whatever is added to the analyzer has to bear: each is odd in one way. */

import { dsp } from '../../../src/sdk.ts'
import { withoutGaps } from '../analysis/conditioning/gaps.ts'
import type { DetectorInput } from '../analysis/detectors/detector.ts'
import type { MetricInput } from '../analysis/metrics/metric.ts'
import type { CheckInput } from '../analysis/quality/check.ts'

const RATE = 1000
/** Of a spectrum's segment. */
const SEGMENT = 256

export interface SyntheticSignal {
  readonly name: string
  readonly samples: Float64Array
}

/** The same noise on every machine, between -1 and 1. @see https://doi.org/10.1145/63039.63042 */
function noise(length: number): Float64Array {
  let state = 20_240_115
  return Float64Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647
    return (2 * state) / 2_147_483_647 - 1
  })
}

const scaled = (x: Float64Array, by: (i: number) => number): Float64Array =>
  x.map((value, i) => value * by(i))

/** Loud in every other second, as contractions are. */
const bursts = (length: number): Float64Array =>
  scaled(noise(length), (i) => (Math.floor(i / RATE) % 2 === 1 ? 2e-4 : 2e-6))

/** Nothing of them is NaN or infinite. */
export const SIGNALS: readonly SyntheticSignal[] = [
  { name: 'one sample', samples: Float64Array.of(1e-4) },
  { name: 'two samples', samples: Float64Array.of(1e-4, -1e-4) },
  { name: 'a very short signal', samples: scaled(noise(17), () => 1e-4) },
  { name: 'zeros', samples: new Float64Array(4 * RATE) },
  { name: 'a constant', samples: new Float64Array(4 * RATE).fill(1e-4) },
  { name: 'noise', samples: scaled(noise(4 * RATE), () => 1e-4) },
  { name: 'bursts', samples: bursts(8 * RATE) },
  {
    name: 'a clipped signal',
    samples: noise(4 * RATE).map((value) => Math.max(-5e-4, Math.min(5e-4, value))),
  },
  { name: 'a sine', samples: Float64Array.from({ length: 4 * RATE }, (_, i) => 1e-4 * Math.sin(i / 2)) },
  { name: 'a single impulse', samples: new Float64Array(4 * RATE).fill(1e-3, 2000, 2001) },
  { name: 'an enormous signal', samples: scaled(noise(4 * RATE), () => 1e12) },
  { name: 'a minute signal', samples: scaled(noise(4 * RATE), () => 1e-18) },
]

export const NO_SAMPLES: SyntheticSignal = { name: 'no samples', samples: new Float64Array(0) }

const envelopeOf = (samples: Float64Array): Float64Array => dsp.movingMean(samples.map(Math.abs), 51)

export function metricInput({ samples }: SyntheticSignal): MetricInput {
  const found = dsp.createWelch({ rate: RATE, segment: SEGMENT }).estimate(samples, 0, samples.length)
  return {
    signal: samples.slice(),
    envelope: envelopeOf(samples),
    rate: RATE,
    spectrum: () => (found ? { spectrum: found } : { spectrum: null, reason: 'the signal is too short' }),
    spectra: { band: [20, 450], dimitrovBand: [5, 500], medianFrequency: 'interpolated' },
  }
}

/** A gap in the middle, as of lost samples. */
function gapOf(length: number) {
  const [start, end] = [Math.floor(length / 3), Math.floor(length / 2)]
  return {
    dropouts: end > start ? [{ start, end }] : [],
    nonFinite: 0,
    mask: new Uint8Array(length).fill(1, start, end),
    kept: length - (end - start),
  }
}

/** With and without a gap, with and without the device's own picture. */
export const detectorInputs = ({ samples }: SyntheticSignal): DetectorInput[] =>
  [withoutGaps(samples.length), gapOf(samples.length)].map((gaps, i) => ({
    filtered: samples.slice(),
    envelope: envelopeOf(samples),
    activated: i === 0 ? null : samples.map((value) => Math.max(0, value)),
    gaps,
    rate: RATE,
  }))

export function checkInputs({ samples }: SyntheticSignal): CheckInput[] {
  const { length } = samples
  const contraction = { start: Math.floor(length / 4), end: Math.floor(length / 2) }
  const contractions = contraction.end > contraction.start ? [contraction] : []
  const common = { raw: samples.slice(), gaps: withoutGaps(length), rate: RATE }
  const signals = {
    raw: common.raw,
    bridged: samples.slice(),
    filtered: samples.slice(),
    clean: samples.slice(),
    envelope: envelopeOf(samples),
    gaps: common.gaps,
    rate: RATE,
    band: [20, 450] as const,
  }
  const rest = contractions.length > 0 ? [{ start: 0, end: contraction.start }] : []
  return [
    { ...common, volts: 1, skinVolts: 1, signals, contractions, rest },
    {
      ...common,
      gaps: gapOf(length),
      volts: null,
      skinVolts: null,
      signals: null,
      contractions: [],
      rest: [],
    },
  ]
}

/** Samples of a channel for a whole analysis. */
export const recordingSamples = (): Float64Array => bursts(12 * RATE)
export const RECORDING_RATE = RATE
