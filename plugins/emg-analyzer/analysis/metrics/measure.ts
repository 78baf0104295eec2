/** Figures over stretches of one channel: the samples of each, its spectrum, its metrics. */
import { dsp } from '../../../../src/sdk.ts'
import { bandPassOf } from '../conditioning/filters.ts'
import { type Run, solidParts } from '../conditioning/gaps.ts'
import type { Signals } from '../conditioning/signals.ts'
import { spectrumOver } from '../conditioning/spectrum-over.ts'
import type { AnalysisParameters } from '../parameters.ts'
import type { MetricInput, SpectralReading, SpectrumOrReason } from './metric.ts'
import { passedPower } from './passed-power.ts'

/** Samples of a segment; one stated in ms is taken to the nearest power of two, which transforms fastest. */
export function segmentSamples(rate: number, { spectra: { segment } }: AnalysisParameters): number {
  return 'samples' in segment
    ? segment.samples
    : 2 ** Math.max(3, Math.round(Math.log2((segment.ms / 1000) * rate)))
}

/** Some samples of the channel, gaps left out. */
export type Stretch = MetricInput

export interface Measure {
  /** Samples of a segment of the spectra. */
  readonly segment: number
  /** Samples from one segment to the next. */
  readonly step: number
  readonly reading: SpectralReading
  /** Power that the band-pass has left of each bin, as a share; null where spectra are of the raw signal. */
  readonly passed: Float64Array | null
  /** The stretch that some runs make together, gaps left out. */
  over(runs: readonly Run[]): Stretch
}

function join(x: Float64Array, parts: readonly Run[]): Float64Array {
  const [only] = parts
  if (only && parts.length === 1) return x.subarray(only.start, only.end)
  const joined = new Float64Array(parts.reduce((sum, { start, end }) => sum + end - start, 0))
  let at = 0
  for (const { start, end } of parts) {
    joined.set(x.subarray(start, end), at)
    at += end - start
  }
  return joined
}

function readingOf({ rate, band }: Signals, { spectra }: AnalysisParameters): SpectralReading {
  const dimitrov = spectra.dimitrovBandHz
  return {
    band: spectra.band === 'filter' ? band : null,
    dimitrovBand: dimitrov && [dimitrov[0], Math.min(dimitrov[1], rate / 2)],
    medianFrequency: spectra.medianFrequency,
  }
}

export function createMeasure(signals: Signals, parameters: AnalysisParameters): Measure {
  const { rate, gaps } = signals
  const raw = parameters.metricSignal === 'raw'
  const signal = raw ? signals.raw : signals.clean
  const spectral = raw ? signals.raw : signals.filtered
  const segment = segmentSamples(rate, parameters)
  const welch = dsp.createWelch({ rate, segment })
  const reading = readingOf(signals, parameters)
  const { minimumRateHz } = parameters.spectra

  function spectrumOfParts(parts: readonly Run[]): SpectrumOrReason {
    if (rate < minimumRateHz) {
      const reason = `the sampling rate of ${rate} Hz is too low for spectra; ${minimumRateHz} Hz is the least`
      return { spectrum: null, reason }
    }
    const spectrum = spectrumOver(spectral, parts, welch)
    return spectrum
      ? { spectrum }
      : { spectrum: null, reason: `no stretch is as long as a segment of ${segment} samples` }
  }

  return {
    segment,
    step: welch.step,
    reading,
    passed: raw ? null : passedPower(bandPassOf(rate, parameters), segment),
    over(runs) {
      const parts = runs.flatMap((run) => solidParts(run, gaps))
      const samples = join(signal, parts)
      let spectrum: SpectrumOrReason | undefined
      return {
        signal: samples,
        envelope: join(signals.envelope, parts),
        rate,
        spectra: reading,
        spectrum: () => {
          spectrum ??= spectrumOfParts(parts)
          return spectrum
        },
      }
    },
  }
}
