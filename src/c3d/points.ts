/** 3D points: lazy trajectories, with the reason why a frame holds no point. */

import type { C3dWords } from './words.ts'

/**
 * Why a frame of a point is not to be trusted, as bits. `residual`, `nonFinite` and `sentinel` make it invalid.
 * `zero` and `residualUnknown` only mark: programs write 0 0 0 for missing points as for true ones.
 */
export const POINT_REASON = {
  /** The residual is negative: the point was not measured. */
  residual: 1,
  /** A coordinate is NaN or infinite. */
  nonFinite: 2,
  /** A coordinate is 9999999, Cortex's mark for a missing point. */
  sentinel: 4,
  /** All three coordinates are exactly 0. */
  zero: 8,
  /** The fourth word is no 16-bit integer, so residual and cameras are unknown. */
  residualUnknown: 16,
} as const

/** The reasons that make a point invalid. */
export const INVALID_POINT = POINT_REASON.residual | POINT_REASON.nonFinite | POINT_REASON.sentinel

const SENTINEL = 9999999

/** One point over all frames, in point units. Coordinates are as the file has them, also where invalid. */
export interface C3dTrajectory {
  x: Float64Array
  y: Float64Array
  z: Float64Array
  /** Mean error of the reconstruction; -1 where invalid by residual, NaN where unknown. */
  residual: Float64Array
  /** Bit mask of the cameras that saw the point (bits 0 to 6). */
  cameras: Uint8Array
  /** 1 where the point is valid. */
  valid: Uint8Array
  /** Bits of `POINT_REASON`. */
  reasons: Uint8Array
}

/** One 3D point. */
export interface C3dPoint {
  /** Place among the points, from 0. */
  index: number
  /** POINT:LABELS as the file says it, trimmed; `P017` when the file has no label for the point. */
  label: string
  /** The label made unique for display. */
  name: string
  /** POINT:UNITS, or null when the file states none. */
  unit: string | null
  /** POINT:DESCRIPTIONS. */
  description: string
  /** Reads all its frames. */
  trajectory(): C3dTrajectory
}

/** What reading points takes. */
export interface PointLayout {
  words: C3dWords
  frames: number
  points: number
  stride: number
  /** Factor of the coordinates: 1 in float storage, the point scale in int storage. */
  step: number
  /** Magnitude of the point scale, the step of a residual. */
  scale: number
}

/** The fourth word as a 16-bit integer, or NaN when it is none. */
export function residualWord(value: number): number {
  return value > -32769 && value < 32768 ? Math.trunc(value) : Number.NaN
}

/** Bits of `POINT_REASON` of one point in one frame. */
export function pointReasons(x: number, y: number, z: number, word: number): number {
  let reasons = 0
  if (word < 0) reasons |= POINT_REASON.residual
  else if (Number.isNaN(word)) reasons |= POINT_REASON.residualUnknown
  if (!(Number.isFinite(x) && Number.isFinite(y) && Number.isFinite(z))) reasons |= POINT_REASON.nonFinite
  if (x === SENTINEL || y === SENTINEL || z === SENTINEL) reasons |= POINT_REASON.sentinel
  if (x === 0 && y === 0 && z === 0) reasons |= POINT_REASON.zero
  return reasons
}

/** Reads one point over all frames. */
export function readTrajectory(
  { words, frames, stride, step, scale }: PointLayout,
  index: number,
): C3dTrajectory {
  const trajectory: C3dTrajectory = {
    x: new Float64Array(frames),
    y: new Float64Array(frames),
    z: new Float64Array(frames),
    residual: new Float64Array(frames),
    cameras: new Uint8Array(frames),
    valid: new Uint8Array(frames),
    reasons: new Uint8Array(frames),
  }
  const { x, y, z, residual, cameras, valid, reasons } = trajectory
  for (let frame = 0, at = 4 * index; frame < frames; frame++, at += stride) {
    x[frame] = words[at]! * step
    y[frame] = words[at + 1]! * step
    z[frame] = words[at + 2]! * step
    const word = residualWord(words[at + 3]!)
    const reason = pointReasons(x[frame]!, y[frame]!, z[frame]!, word)
    reasons[frame] = reason
    valid[frame] = reason & INVALID_POINT ? 0 : 1
    residual[frame] = word < 0 ? -1 : (word & 0xff) * scale
    if (Number.isNaN(word)) residual[frame] = Number.NaN
    cameras[frame] = word < 0 ? 0 : (word >> 8) & 0x7f
  }
  return trajectory
}

/** Counts and sums over all points and frames. */
export interface PointSummary {
  /** Points valid by every reason, over all frames. */
  valid: number
  /** Points marked by each reason. */
  nonFinite: number
  residualUnknown: number
  /** Sum of |x| + |y| + |z| over the valid points, in point units. */
  sumAbs: number
}

/** One pass in file order, without an object a frame. */
export function summarisePoints(layout: PointLayout): PointSummary {
  const { words } = layout
  return words instanceof Float32Array ? summariseFloats(layout, words) : summariseIntegers(layout, words)
}

function summariseFloats({ frames, points, stride }: PointLayout, words: Float32Array): PointSummary {
  const summary: PointSummary = { valid: 0, nonFinite: 0, residualUnknown: 0, sumAbs: 0 }
  for (let frame = 0; frame < frames; frame++)
    for (let point = 0, at = frame * stride; point < points; point++, at += 4) {
      const x = words[at]!
      const y = words[at + 1]!
      const z = words[at + 2]!
      const reasons = pointReasons(x, y, z, residualWord(words[at + 3]!))
      if (reasons & POINT_REASON.nonFinite) summary.nonFinite++
      if (reasons & POINT_REASON.residualUnknown) summary.residualUnknown++
      if (reasons & INVALID_POINT) continue
      summary.valid++
      summary.sumAbs += Math.abs(x) + Math.abs(y) + Math.abs(z)
    }
  return summary
}

/** Of all reasons only the residual can be met: an integer is finite, and never 9999999. */
function summariseIntegers({ frames, points, stride, step }: PointLayout, words: Int16Array): PointSummary {
  const summary: PointSummary = { valid: 0, nonFinite: 0, residualUnknown: 0, sumAbs: 0 }
  for (let frame = 0; frame < frames; frame++)
    for (let point = 0, at = frame * stride; point < points; point++, at += 4) {
      if (words[at + 3]! < 0) continue
      summary.valid++
      summary.sumAbs += (Math.abs(words[at]!) + Math.abs(words[at + 1]!) + Math.abs(words[at + 2]!)) * step
    }
  return summary
}
