/** Pure numeric kernels: filters, envelopes, statistics. No I/O, no state. */
export { mean, meanAbsolute, rms } from './amplitude.ts'
export { type ButterworthDesign, butterworth } from './butterworth.ts'
export { type Detrend, detrend } from './detrend.ts'
export { dualPassCutoff } from './dual-pass-cutoff.ts'
export { createFft, type Fft } from './fft.ts'
export { hilbertEnvelope } from './hilbert-envelope.ts'
export { incompleteBeta } from './incomplete-beta.ts'
export { type Autoregression, levinsonDurbin } from './levinson-durbin.ts'
export { linearEnvelope } from './linear-envelope.ts'
export { medianAbsoluteDeviation } from './median-absolute-deviation.ts'
export { medianFilter } from './median-filter.ts'
export { movingMean, windowLength } from './moving-mean.ts'
export { movingMeanSame } from './moving-mean-same.ts'
export { movingRms } from './moving-rms.ts'
export { naturalSpline } from './natural-spline.ts'
export { type NotchDesign, type NotchHarmonicsDesign, notch, notchHarmonics } from './notch.ts'
export { median, quantile } from './quantile.ts'
export { linearRegression, type Regression } from './regression.ts'
export { resample } from './resample.ts'
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
export { type Spectrogram, type StftOptions, stft } from './stft.ts'
export { studentTwoSided } from './student-t.ts'
export { type Taper, taper } from './taper.ts'
export { type TimeNormaliseOptions, timeNormalise } from './time-normalise.ts'
export { tkeo } from './tkeo.ts'
export {
  createWelch,
  periodogram,
  type Spectrum,
  type WelchEstimator,
  type WelchOptions,
  welch,
} from './welch.ts'
