/** Checks a write spec and works out every count and scale that the parts of a file share. */

import type { C3dAnalogSpec, C3dPointSpec, C3dWriteSpec } from './spec.ts'

/** The numbers a file is built from. */
export interface WritePlan {
  /** The spec itself. */
  spec: C3dWriteSpec
  /** 3D frames. */
  frames: number
  /** Number of the first and the last frame. */
  first: number
  last: number
  /** Magnitude of POINT:SCALE, rounded to float32. */
  pointScale: number
  /** Common analog factor, rounded to float32. */
  genScale: number
  /** Scale (float32) and offset of each analog channel. */
  scales: Float32Array
  offsets: Int32Array
  /** Range of a stored analog integer. */
  low: number
  high: number
}

/**
 * @throws {RangeError} when counts disagree or a value cannot be stored
 */
export function planWrite(spec: C3dWriteSpec): WritePlan {
  const { points, analogs, samplesPerFrame, storage, analogFormat = 'signed' } = spec
  positive(spec.pointRate, 'pointRate')
  if (!Number.isInteger(samplesPerFrame) || samplesPerFrame < 1)
    throw new RangeError(`samplesPerFrame must be a whole number of at least 1, not ${samplesPerFrame}`)
  if (points.length > 0xffff || analogs.length * samplesPerFrame > 0xffff)
    throw new RangeError('a frame holds at most 65535 points and 65535 analog samples')
  const frames = countFrames(spec)
  points.forEach((point, i) => {
    checkPoint(point, i, frames)
  })
  analogs.forEach((channel, i) => {
    sameLength(channel.samples.length, frames * samplesPerFrame, `analogs[${i}].samples`)
  })
  const first = spec.firstFrame ?? 1
  if (!Number.isInteger(first) || first < 0) throw new RangeError(`firstFrame ${first} is no frame number`)

  const unsigned = analogFormat === 'unsigned'
  const [low, high] = unsigned ? [0, 65535] : [-32768, 32767]
  const genScale = Math.fround(nonZero(spec.genScale ?? 1, 'genScale'))
  const offsets = Int32Array.from(analogs, (channel, i) => {
    const offset = channel.offset ?? (unsigned && storage === 'int' ? 32768 : 0)
    if (!Number.isInteger(offset) || offset < low || offset > high)
      throw new RangeError(`analogs[${i}].offset ${offset} does not fit a ${analogFormat} word`)
    return offset
  })
  const scales = Float32Array.from(analogs, (channel, i) => {
    if (channel.scale !== undefined) return nonZero(channel.scale, `analogs[${i}].scale`)
    if (storage === 'float') return 1
    const room = Math.min(offsets[i]! - low, high - offsets[i]!)
    return fitScale(channel, room) / Math.abs(genScale)
  })
  return {
    spec,
    frames,
    first,
    last: first + frames - 1,
    pointScale: Math.fround(positive(spec.pointScale ?? fitPointScale(points), 'pointScale')),
    genScale,
    scales,
    offsets,
    low,
    high,
  }
}

function countFrames({ points, analogs, samplesPerFrame, frames }: C3dWriteSpec): number {
  const counted =
    frames ?? (points[0] ? points[0].xyz.length / 3 : (analogs[0]?.samples.length ?? 0) / samplesPerFrame)
  if (!Number.isInteger(counted) || counted < 0)
    throw new RangeError(`${counted} is no whole number of frames`)
  return counted
}

function checkPoint(point: C3dPointSpec, index: number, frames: number): void {
  const name = `points[${index}]`
  sameLength(point.xyz.length, 3 * frames, `${name}.xyz`)
  if (point.residual) sameLength(point.residual.length, frames, `${name}.residual`)
  if (point.cameras) sameLength(point.cameras.length, frames, `${name}.cameras`)
  if (point.valid) sameLength(point.valid.length, frames, `${name}.valid`)
}

function fitPointScale(points: readonly C3dPointSpec[]): number {
  let coordinate = 0
  let residual = 0
  for (const { xyz, residual: errors } of points) {
    for (let i = 0; i < xyz.length; i++) if (Math.abs(xyz[i]!) > coordinate) coordinate = Math.abs(xyz[i]!)
    if (errors) for (let i = 0; i < errors.length; i++) if (errors[i]! > residual) residual = errors[i]!
  }
  return Math.max(coordinate / 32000, residual / 255) || 1
}

function fitScale({ samples }: C3dAnalogSpec, room: number): number {
  let largest = 0
  for (let i = 0; i < samples.length; i++)
    if (Math.abs(samples[i]!) > largest) largest = Math.abs(samples[i]!)
  return largest > 0 && room > 0 ? largest / room : 1
}

function sameLength(actual: number, expected: number, name: string): void {
  if (actual !== expected) throw new RangeError(`${name} has ${actual} values where ${expected} belong`)
}

function positive(value: number, name: string): number {
  if (!(value > 0 && value < Infinity)) throw new RangeError(`${name} must be positive, not ${value}`)
  return value
}

function nonZero(value: number, name: string): number {
  if (!Number.isFinite(value) || Math.fround(value) === 0)
    throw new RangeError(`${name} must be a finite number other than 0, not ${value}`)
  return value
}
