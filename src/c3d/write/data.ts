/** Encodes the frames: points, then sub-frame by sub-frame every analog channel. */

import { type C3dProcessor, numberToVax } from '../processor.ts'
import type { WritePlan } from './plan.ts'

/**
 * Fills `bytes` (a 4-byte aligned view of exactly the data section) with every frame.
 *
 * @throws {RangeError} when a value does not fit its word
 */
export function encodeData(plan: WritePlan, bytes: Uint8Array): void {
  const { storage, processor } = plan.spec
  const { buffer, byteOffset, byteLength } = bytes
  const words =
    storage === 'float'
      ? new Float32Array(buffer, byteOffset, byteLength >> 2)
      : new Int16Array(buffer, byteOffset, byteLength >> 1)
  putPoints(plan, words)
  putAnalogs(plan, words)
  if (storage === 'float') reorderFloats(words as Float32Array, processor)
  else if (processor === 'mips') swap16(words as Int16Array)
}

function putPoints({ spec, frames, pointScale }: WritePlan, words: Float32Array | Int16Array): void {
  const { points, analogs, samplesPerFrame, storage } = spec
  const stride = 4 * points.length + analogs.length * samplesPerFrame
  const step = storage === 'int' ? pointScale : 1
  points.forEach(({ xyz, residual, cameras, valid }, p) => {
    for (let frame = 0, at = 4 * p; frame < frames; frame++, at += stride) {
      if (valid && !valid[frame]) {
        words[at + 3] = -1
        continue
      }
      for (let axis = 0; axis < 3; axis++) {
        const value = xyz[3 * frame + axis]! / step
        words[at + axis] = storage === 'int' ? integer(value, -32768, 32767, `points[${p}].xyz`) : value
      }
      const error = integer((residual?.[frame] ?? 0) / pointScale, 0, 255, `points[${p}].residual`)
      words[at + 3] = error | (integer(cameras?.[frame] ?? 0, 0, 127, `points[${p}].cameras`) << 8)
    }
  })
}

function putAnalogs(plan: WritePlan, words: Float32Array | Int16Array): void {
  const { spec, frames, genScale, scales, offsets, low, high } = plan
  const { points, analogs, samplesPerFrame, storage } = spec
  const channels = analogs.length
  const skip = 4 * points.length
  analogs.forEach(({ samples }, c) => {
    const step = scales[c]! * genScale
    const offset = offsets[c]!
    let at = c
    let sample = 0
    for (let frame = 0; frame < frames; frame++) {
      at += skip
      for (let sub = 0; sub < samplesPerFrame; sub++, at += channels, sample++) {
        const raw = samples[sample]! / step + offset
        // An unsigned word above 32767 wraps into the same 16 bits.
        words[at] = storage === 'int' ? integer(raw, low, high, `analogs[${c}].samples`) : raw
      }
    }
  })
}

function integer(value: number, low: number, high: number, name: string): number {
  const rounded = Math.round(value)
  if (!(rounded >= low && rounded <= high))
    throw new RangeError(`${name} needs the word ${value}, outside ${low} to ${high}`)
  return rounded
}

/** Every Bun target is little-endian, so the words so far are Intel's. */
function reorderFloats(words: Float32Array, processor: C3dProcessor): void {
  if (processor === 'intel') return
  const bits = new Uint32Array(words.buffer, words.byteOffset, words.length)
  for (let i = 0; i < bits.length; i++) {
    if (processor === 'dec') {
      const vax = numberToVax(words[i]!)
      bits[i] = (vax >>> 16) | (vax << 16)
    } else {
      const b = bits[i]!
      bits[i] = (b << 24) | ((b & 0xff00) << 8) | ((b >>> 8) & 0xff00) | (b >>> 24)
    }
  }
}

function swap16(words: Int16Array): void {
  for (let i = 0; i < words.length; i++) words[i] = (words[i]! << 8) | ((words[i]! >>> 8) & 0xff)
}
