/** Metrics of amplitude. */
import { dsp } from '../../../../src/sdk.ts'
import type { Metric } from './metric.ts'

const MERLETTI = 'Merletti & Cerone (2020), J Electromyogr Kinesiol 54:102440'

export const rms: Metric = {
  type: 'metric',
  id: 'rms',
  summary: 'Root mean square',
  unit: '{unit}',
  reference: MERLETTI,
  compute: ({ signal }) => dsp.rms(signal),
}

export const mav: Metric = {
  type: 'metric',
  id: 'mav',
  summary: 'Mean absolute value, also called average rectified value',
  unit: '{unit}',
  reference: MERLETTI,
  compute: ({ signal }) => dsp.meanAbsolute(signal),
}

export const peak: Metric = {
  type: 'metric',
  id: 'peak',
  summary: 'Largest value of the envelope; never of the raw signal',
  unit: '{unit}',
  reference: 'Besomi et al. (2020), J Electromyogr Kinesiol 53:102438',
  compute({ envelope }) {
    let most = Number.NEGATIVE_INFINITY
    for (let i = 0; i < envelope.length; i++) if ((envelope[i] as number) > most) most = envelope[i] as number
    return most
  },
}

export const iemg: Metric = {
  type: 'metric',
  id: 'iemg',
  summary: 'Integrated EMG: area under the rectified signal, by trapezoids',
  unit: '{unit}·s',
  reference: 'Winter (2009), Biomechanics and Motor Control of Human Movement, 4th ed., ch. 10',
  compute({ signal, rate }) {
    const n = signal.length
    const ends = (Math.abs(signal[0] as number) + Math.abs(signal[n - 1] as number)) / 2
    return (dsp.meanAbsolute(signal) * n - ends) / rate
  },
}

export const waveformLength: Metric = {
  type: 'metric',
  id: 'waveformLength',
  summary: 'Sum of the absolute differences of neighbouring samples',
  unit: '{unit}',
  reference: 'Phinyomark et al. (2012), Expert Syst Appl 39:7420',
  compute({ signal }) {
    let sum = 0
    for (let i = 1; i < signal.length; i++) sum += Math.abs((signal[i] as number) - (signal[i - 1] as number))
    return sum
  },
}
