/** Amplitude metrics of a channel: each one data with a function, so that reading one teaches all. */
import { dsp } from '../../../src/sdk.ts'

/** What a metric is computed from; gaps are taken out. */
export interface MetricInput {
  /** Band-passed samples. */
  readonly filtered: Float64Array
  /** Linear envelope. */
  readonly envelope: Float64Array
}

export interface Metric {
  /** Its name in results. */
  readonly id: string
  /** What it is, in one line. */
  readonly summary: string
  /** Dimension of the value: that of the signal. */
  readonly unit: 'amplitude'
  readonly reference: string
  compute(input: MetricInput): number
}

function largest(values: Float64Array): number {
  let most = Number.NEGATIVE_INFINITY
  for (let i = 0; i < values.length; i++) if ((values[i] as number) > most) most = values[i] as number
  return most
}

export const METRICS = [
  {
    id: 'rms',
    summary: 'Root mean square of the filtered signal',
    unit: 'amplitude',
    reference: 'Merletti & Cerone (2020), J Electromyogr Kinesiol 54:102440',
    compute: ({ filtered }) => dsp.rms(filtered),
  },
  {
    id: 'mav',
    summary: 'Mean absolute value of the filtered signal',
    unit: 'amplitude',
    reference: 'Merletti & Cerone (2020), J Electromyogr Kinesiol 54:102440',
    compute: ({ filtered }) => dsp.meanAbsolute(filtered),
  },
  {
    id: 'peak',
    summary: 'Largest value of the linear envelope; never of the raw signal',
    unit: 'amplitude',
    reference: 'Besomi et al. (2020), J Electromyogr Kinesiol 53:102438',
    compute: ({ envelope }) => largest(envelope),
  },
] as const satisfies readonly Metric[]
