/** Analog channels: their scaling, and the reading of samples in physical units. */

import type { C3dWords } from './words.ts'

/** Bytes of the frames read at a time: they stay in the second-level cache while every channel passes. */
const TILE_BYTES = 1 << 17

/** One analog channel. */
export interface C3dAnalogChannel {
  /** Place among the channels, from 0: its identity, since labels repeat. */
  index: number
  /** ANALOG:LABELS as the file says it, trimmed; `A017` when the file has no label for the channel. */
  label: string
  /** The label made unique for display. */
  name: string
  /** ANALOG:UNITS, or null when the file states none. */
  unit: string | null
  /** ANALOG:DESCRIPTIONS; Motion Analysis keeps the long names there. */
  description: string
  /** ANALOG:SCALE, without ANALOG:GEN_SCALE. */
  scale: number
  /** ANALOG:OFFSET, unsigned when the samples are. */
  offset: number
  /** Whether 16-bit samples of this channel are read as 0 to 65535. */
  unsigned: boolean
  /** Place among `forcePlates` of the plate that this channel belongs to; null for any other channel, EMG too. */
  forcePlate: number | null
  /**
   * All samples in physical units: `(stored - offset) * scale * GEN_SCALE`, `analogSamples` of them.
   *
   * @param target filled and returned instead of a new array; at least `analogSamples` long
   * @throws {RangeError} when the target is too short
   */
  samples(target?: Float64Array): Float64Array
  /** All samples as stored: float32, int16 or uint16. */
  raw(): Float32Array | Int16Array | Uint16Array
}

/** What reading samples takes. */
export interface AnalogLayout {
  words: C3dWords
  /** The same words, unsigned; the words themselves in float storage. */
  unsignedWords: Float32Array | Uint16Array
  frames: number
  samplesPerFrame: number
  channels: number
  /** Words of a frame, and those of its points, which come first. */
  stride: number
  skip: number
}

/** What scales one channel. */
export interface ChannelScaling {
  index: number
  unsigned: boolean
  offset: number
  /** `scale * GEN_SCALE`. */
  factor: number
}

/**
 * Reads channels in one pass over the frames, a tile at a time, so that each byte of the file comes from memory
 * once however many channels there are.
 */
export function readSamples(
  layout: AnalogLayout,
  channels: readonly ChannelScaling[],
  targets: readonly Float64Array[],
): void {
  const { words, unsignedWords, frames, stride } = layout
  const tile = Math.max(1, Math.floor(TILE_BYTES / (stride * words.BYTES_PER_ELEMENT || 1)))
  for (let from = 0; from < frames; from += tile) {
    const to = Math.min(from + tile, frames)
    for (let c = 0; c < channels.length; c++) {
      const channel = channels[c]!
      const source = channel.unsigned ? unsignedWords : words
      if (source instanceof Float32Array) gatherFloats(source, layout, channel, from, to, targets[c]!)
      else if (source instanceof Uint16Array) gatherUnsigned(source, layout, channel, from, to, targets[c]!)
      else gatherIntegers(source, layout, channel, from, to, targets[c]!)
    }
  }
}

// One loop for each element type: in a loop that has met two of them every load takes the slow path, ten times
// slower in JavaScriptCore.

function gatherFloats(
  source: Float32Array,
  { samplesPerFrame, channels, stride, skip }: AnalogLayout,
  { index, offset, factor }: ChannelScaling,
  from: number,
  to: number,
  target: Float64Array,
): void {
  let sample = from * samplesPerFrame
  for (let frame = from; frame < to; frame++) {
    let at = frame * stride + skip + index
    for (let sub = 0; sub < samplesPerFrame; sub++, at += channels)
      target[sample++] = (source[at]! - offset) * factor
  }
}

function gatherIntegers(
  source: Int16Array,
  { samplesPerFrame, channels, stride, skip }: AnalogLayout,
  { index, offset, factor }: ChannelScaling,
  from: number,
  to: number,
  target: Float64Array,
): void {
  let sample = from * samplesPerFrame
  for (let frame = from; frame < to; frame++) {
    let at = frame * stride + skip + index
    for (let sub = 0; sub < samplesPerFrame; sub++, at += channels)
      target[sample++] = (source[at]! - offset) * factor
  }
}

function gatherUnsigned(
  source: Uint16Array,
  { samplesPerFrame, channels, stride, skip }: AnalogLayout,
  { index, offset, factor }: ChannelScaling,
  from: number,
  to: number,
  target: Float64Array,
): void {
  let sample = from * samplesPerFrame
  for (let frame = from; frame < to; frame++) {
    let at = frame * stride + skip + index
    for (let sub = 0; sub < samplesPerFrame; sub++, at += channels)
      target[sample++] = (source[at]! - offset) * factor
  }
}

/** The samples of one channel as stored. */
export function rawSamples(layout: AnalogLayout, { index, unsigned }: ChannelScaling) {
  const { words, unsignedWords, frames, samplesPerFrame, stride, skip, channels } = layout
  const source = unsigned ? unsignedWords : words
  const Samples = source.constructor as new (length: number) => Float32Array | Int16Array | Uint16Array
  const samples = new Samples(frames * samplesPerFrame)
  let sample = 0
  for (let frame = 0; frame < frames; frame++)
    for (let sub = 0, at = frame * stride + skip + index; sub < samplesPerFrame; sub++, at += channels)
      samples[sample++] = source[at]!
  return samples
}
