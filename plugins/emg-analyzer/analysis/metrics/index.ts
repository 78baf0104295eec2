/** The metrics that come with the plugin. */
import { iemg, mav, peak, rms, waveformLength } from './amplitude.ts'
import type { Metric } from './metric.ts'
import { dimitrovIndex, meanFrequency, medianFrequency } from './spectral.ts'

export const METRICS: readonly Metric[] = [
  rms,
  mav,
  peak,
  iemg,
  waveformLength,
  meanFrequency,
  medianFrequency,
  dimitrovIndex,
]
