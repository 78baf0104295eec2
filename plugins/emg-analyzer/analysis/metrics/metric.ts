/** What a metric is: data with a function, so that reading one teaches all. */
import type { dsp } from '../../../../src/sdk.ts'

/** What a metric is computed from: samples of one channel, gaps left out. */
export interface MetricInput {
  /** Samples in the unit of the channel: band-passed or raw, as the parameters say. */
  readonly signal: Float64Array
  /** The envelope over the same samples. */
  readonly envelope: Float64Array
  /** Sampling rate in Hz. */
  readonly rate: number
  /** Power spectrum of these samples; null with the reason where there is none. Computed once, when asked for. */
  spectrum(): SpectrumOrReason
  /** How frequencies are read off a spectrum. */
  readonly spectra: SpectralReading
}

/** A power spectrum, or why there is none. */
export type SpectrumOrReason =
  | { readonly spectrum: dsp.Spectrum; readonly reason?: undefined }
  | { readonly spectrum: null; readonly reason: string }

/** How figures are read off a spectrum. */
export interface SpectralReading {
  /** Corners in Hz; null: all bins. */
  readonly band: dsp.Band | null
  readonly dimitrovBand: dsp.Band | null
  readonly medianFrequency: 'interpolated' | 'bin'
}

/** A figure, or why there is none. */
export type Measured = number | { readonly reason: string }

/** A figure of the samples of a channel: data with a function. */
export interface Metric {
  readonly type: 'metric'
  /** Its name in parameters and results. */
  readonly id: string
  /** What it is, in one line. */
  readonly summary: string
  /** Unit of the value; `{unit}` stands for that of the channel. */
  readonly unit: string
  readonly reference: string
  compute(input: MetricInput): Measured
}
