/** The pictures of a channel that figures are read from. */
import type { Gaps } from './gaps.ts'

/** What is read of a channel after it was analysed: where it works against another, both envelopes are laid together. */
export type PairedSignals = Pick<Signals, 'envelope' | 'gaps' | 'rate'>

/** One channel at each stage of its conditioning: as many samples each, in the unit of the channel. */
export interface Signals {
  /** As the file has it. */
  readonly raw: Float64Array
  /** Gaps bridged, the offset taken out. */
  readonly bridged: Float64Array
  /** Band-passed, gaps bridged: what spectra are taken of. */
  readonly filtered: Float64Array
  /** … and without the power line, where the parameters ask for notches: what amplitudes are taken of. */
  readonly clean: Float64Array
  /** Linear envelope. */
  readonly envelope: Float64Array
  /** What is left out. */
  readonly gaps: Gaps
  /** Sampling rate in Hz. */
  readonly rate: number
  /** Corners of the filter in Hz. */
  readonly band: readonly [number, number]
}
