/** Metrics of the power spectrum. */
import { dsp } from '../../../../src/sdk.ts'
import type { Measured, Metric, MetricInput } from './metric.ts'

const NO_POWER = { reason: 'the spectrum holds no power' }

/** Reads a figure off the spectrum, where there is one. */
function read(input: MetricInput, figure: (spectrum: dsp.Spectrum) => number | null): Measured {
  const { spectrum, reason } = input.spectrum()
  return spectrum ? (figure(spectrum) ?? NO_POWER) : { reason }
}

const PHINYOMARK =
  'Phinyomark et al. (2012), in: Computational Intelligence in Electromyography Analysis, InTech'

export const meanFrequency: Metric = {
  type: 'metric',
  id: 'meanFrequency',
  summary: 'Mean frequency of the power spectrum',
  unit: 'Hz',
  reference: PHINYOMARK,
  compute: (input) => read(input, (spectrum) => dsp.meanFrequency(spectrum, input.spectra.band ?? undefined)),
}

export const medianFrequency: Metric = {
  type: 'metric',
  id: 'medianFrequency',
  summary: 'Frequency with half of the power on either side',
  unit: 'Hz',
  reference: PHINYOMARK,
  compute: (input) =>
    read(input, (spectrum) => {
      const band = input.spectra.band ?? undefined
      return input.spectra.medianFrequency === 'bin'
        ? dsp.medianFrequencyBin(spectrum, band)
        : dsp.medianFrequency(spectrum, band)
    }),
}

export const dimitrovIndex: Metric = {
  type: 'metric',
  id: 'dimitrovIndex',
  summary: 'Spectral fatigue index FInsm5; only values of one band compare',
  unit: '1/Hz⁶',
  reference: 'Dimitrov et al. (2006), Med Sci Sports Exerc 38:1971',
  compute: (input) =>
    read(input, (spectrum) => dsp.dimitrovIndex(spectrum, input.spectra.dimitrovBand ?? undefined)),
}
