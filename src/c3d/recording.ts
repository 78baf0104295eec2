/** What a C3D file holds, once read. */

import type { C3dAnalogChannel } from './analog.ts'
import type { C3dEvent } from './events.ts'
import type { C3dHeader } from './header.ts'
import type { C3dGroup } from './parameters.ts'
import type { C3dForcePlate } from './plates.ts'
import type { C3dPoint } from './points.ts'
import type { C3dProcessor, C3dStorage } from './processor.ts'
import type { C3dAlternativeRate } from './rates.ts'
import type { C3dRotation } from './rotation.ts'
import type { C3dWarning } from './warnings.ts'
import type { C3dWords } from './words.ts'

/** One recording. Samples stay in the file's bytes until they are asked for. */
export interface C3dRecording {
  /** Number format of the file. */
  processor: C3dProcessor
  /** Width and kind of every sample. */
  storage: C3dStorage
  /** The header block as found, also where something else was believed. */
  header: C3dHeader
  /** Parameter groups in file order. */
  parameters: readonly C3dGroup[]
  /** 3D frames that the file declares, by the source that its size confirms. */
  framesDeclared: number
  /** Whole 3D frames that it holds. */
  framesPresent: number
  /** Number of the first frame, usually 1. */
  firstFrame: number
  /** 3D frames a second (Hz). */
  pointRate: number
  /** Samples a second of each analog channel (Hz), 0 without channels. Devices may differ: see `alternativeRates`. */
  analogRate: number
  /** Other rates that the file suggests; which one is true is for the analysis to settle. */
  alternativeRates: readonly C3dAlternativeRate[]
  /** Analog samples of each channel in one 3D frame, at least 1. */
  samplesPerFrame: number
  /** Samples of each analog channel, 0 without channels. */
  analogSamples: number
  /** Size of an integer coordinate step, and of a residual step, in point units. */
  pointScale: number
  /** ANALOG:GEN_SCALE, a factor of every channel. */
  genScale: number
  /** ANALOG:FORMAT, or null when the file does not say. */
  analogFormat: 'signed' | 'unsigned' | null
  /** ANALOG:BITS, the converter's resolution: informational, or null. */
  analogBits: number | null
  /** 3D points. */
  points: readonly C3dPoint[]
  /** Analog channels. */
  analogs: readonly C3dAnalogChannel[]
  /** Events of header and EVENT group, tagged by source. */
  events: readonly C3dEvent[]
  /** Force plates. */
  forcePlates: readonly C3dForcePlate[]
  /** Rotations, or null. */
  rotation: C3dRotation | null
  /** Every oddity that was accepted. */
  warnings: readonly C3dWarning[]
  /** The stored words of all present frames: `4 * points` of a frame, then its sub-frames of all channels. */
  raw: { words: C3dWords; stride: number }
  /**
   * Samples of all channels in physical units, read in one pass over the file.
   *
   * @returns one array of `analogSamples` values for each channel
   */
  allAnalogSamples(): Float64Array[]
  /**
   * Samples of some channels in one pass; several at a time cost little more than one.
   *
   * @param indices places among the channels
   * @param targets filled and returned instead of new arrays; each at least `analogSamples` long
   * @throws {RangeError} when a channel does not exist or a target is too short
   */
  analogSamplesOf(indices: readonly number[], targets?: readonly Float64Array[]): Float64Array[]
  /** Counts the valid points of all frames and sums |x| + |y| + |z| over them, in one pass. */
  pointTotals(): { valid: number; sumAbs: number }
}
