/** Pure numeric kernels: filters, envelopes, statistics. No I/O, no state. */
export { mean, meanAbsolute, rms } from './amplitude.ts'
export { type ButterworthDesign, butterworth, type Section } from './butterworth.ts'
export { linearEnvelope } from './linear-envelope.ts'
export { median, quantile, quantileSorted } from './quantile.ts'
export { type SectionState, sosfilt, steadyState } from './sosfilt.ts'
export { padLength, sosfiltfilt } from './sosfiltfilt.ts'
