/** What `writeEdf` takes: a recording in physical units. */
import type { EdfVariant } from '../header.ts'

/** One recording to store. */
export interface EdfWriteSpec {
  readonly variant: EdfVariant
  /**
   * Local patient identification, at most 80 ASCII characters. By default nothing: `X X X X` in EDF+, which is code, sex,
   * birthdate and name.
   */
  readonly patient?: string
  /** Local recording identification. By default the start date and nothing else, as EDF+ wants it. */
  readonly recording?: string
  /** Local time of the first sample to the second, from 1985 to 2084. By default not stated. */
  readonly start?: {
    readonly year: number
    readonly month: number
    readonly day: number
    readonly hour: number
    readonly minute: number
    readonly second: number
  }
  /** Seconds of one data record. Each signal has a whole number of samples in it. */
  readonly recordDuration: number
  readonly signals: readonly EdfSignalSpec[]
  /** For the variants with a plus only. */
  readonly annotations?: readonly EdfAnnotationSpec[]
  /** Start of each data record in seconds from the first, for the variants with a D; by default contiguous. */
  readonly recordStarts?: readonly number[]
}

/** One signal. */
export interface EdfSignalSpec {
  /** At most 16 ASCII characters, such as `EMG R VL`. */
  readonly label: string
  /** Physical dimension, at most 8 characters, such as `uV`. */
  readonly unit: string
  /** At most 80 characters, such as `AgAgCl electrodes`. */
  readonly transducer?: string
  /** At most 80 characters, such as `HP:20Hz LP:450Hz`. */
  readonly prefilter?: string
  readonly samplesPerRecord: number
  /** In {@link unit}; a whole number of data records, the same of each signal. Quantised to the range's steps. */
  readonly samples: ArrayLike<number>
  /**
   * What the least and the largest stored number stand for, each a number of at most 8 characters. By default the
   * narrowest range about 0 that holds all samples.
   */
  readonly range?: readonly [number, number]
}

/** One annotation. */
export interface EdfAnnotationSpec {
  /** Seconds from the first sample. */
  readonly time: number
  /** Seconds. */
  readonly duration?: number
  readonly text: string
}
