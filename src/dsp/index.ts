/** Pure numeric kernels: filters, envelopes, statistics. No I/O, no state. */
export { mean, meanAbsolute, rms } from './amplitude.ts'
export { type ButterworthDesign, butterworth } from './butterworth.ts'
export { type Detrend, detrend } from './detrend.ts'
export { createFft, type Fft } from './fft.ts'
export { linearEnvelope } from './linear-envelope.ts'
export { medianAbsoluteDeviation } from './median-absolute-deviation.ts'
export { movingMean, windowLength } from './moving-mean.ts'
export { movingMeanSame } from './moving-mean-same.ts'
export { movingRms } from './moving-rms.ts'
export { median, quantile } from './quantile.ts'
export type { Section } from './section.ts'
export { type SectionState, sosfilt, steadyState } from './sosfilt.ts'
export { padLength, sosfiltfilt } from './sosfiltfilt.ts'
export {
  type Band,
  dimitrovIndex,
  meanFrequency,
  medianFrequency,
  medianFrequencyBin,
  spectralMoment,
} from './spectral.ts'
export { type Taper, taper } from './taper.ts'
export {
  createWelch,
  periodogram,
  type Spectrum,
  type WelchEstimator,
  type WelchOptions,
  welch,
} from './welch.ts'
