/** The ROTATION group: 4 x 4 matrices in a data section of their own, as markerless systems write. */

import type { Lookup } from './lookup.ts'

/** What a file says about its rotations; the matrices themselves are no EMG and are not decoded. */
export interface C3dRotation {
  /** Rotations of one frame, 17 floats each. */
  used: number
  /** ROTATION:LABELS. */
  labels: readonly string[]
  /** Rotations a second, by ROTATION:RATE or ROTATION:RATIO times the point rate; null when neither is stated. */
  rate: number | null
  /** Offset of the rotation data in the file, in bytes; null when not stated. */
  dataStart: number | null
}

/** Reads ROTATION; nothing when the file has no rotations. */
export function readRotation(lookup: Lookup, pointRate: number): C3dRotation | null {
  const used = lookup.count('ROTATION', 'USED') ?? 0
  if (used === 0) return null
  const ratio = lookup.number('ROTATION', 'RATIO')
  return {
    used,
    labels: lookup.allTexts('ROTATION', 'LABELS') ?? [],
    rate: lookup.number('ROTATION', 'RATE') ?? (ratio === undefined ? null : ratio * pointRate),
    dataStart: rotationStart(lookup),
  }
}

/** Offset of the rotation data in bytes; nothing when there are none. */
export function rotationStart(lookup: Lookup): number | null {
  const block = lookup.count('ROTATION', 'DATA_START')
  return (lookup.count('ROTATION', 'USED') ?? 0) > 0 && block !== undefined && block > 0
    ? (block - 1) * 512
    : null
}
