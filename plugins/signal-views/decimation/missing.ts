/** Stretches of a picture that hold no signal, with why. */
import type { Stretch } from './grid.ts'

/** Why samples are missing: one value for as long as a dropout has to be, values that are no numbers, or both. */
export const MISSING_REASONS = ['DROPOUT', 'NOT_A_NUMBER', 'MIXED'] as const

/** One of the reasons. */
export type MissingReason = (typeof MISSING_REASONS)[number]

/** Samples in a row that are missing, for one reason. */
export interface MissingRun extends Stretch {
  /** How many of its samples are missing: all, unless near runs were put together. */
  readonly missing: number
  readonly reason: MissingReason
}

const joined = (a: MissingRun, b: MissingRun): MissingRun => ({
  start: a.start,
  end: b.end,
  missing: a.missing + b.missing,
  reason: a.reason === b.reason ? a.reason : 'MIXED',
})

/** Puts runs together that fewer than `closeness` samples lie between, so that there are no more than can be drawn. */
export function mergeRuns(runs: readonly MissingRun[], closeness: number): MissingRun[] {
  const merged: MissingRun[] = []
  for (const run of runs) {
    const last = merged.at(-1)
    if (last && run.start - last.end < closeness) merged[merged.length - 1] = joined(last, run)
    else merged.push(run)
  }
  return merged
}

/** The runs of a mask. @param x what tells dropouts from values that are no numbers */
export function missingRuns(x: Float64Array, mask: Uint8Array | null): MissingRun[] {
  if (!mask) return []
  const runs: MissingRun[] = []
  for (let start = 0; start < mask.length; start++) {
    if (mask[start] !== 1) continue
    const isNumber = Number.isFinite(x[start])
    let end = start + 1
    while (end < mask.length && mask[end] === 1 && Number.isFinite(x[end]) === isNumber) end++
    runs.push({ start, end, missing: end - start, reason: isNumber ? 'DROPOUT' : 'NOT_A_NUMBER' })
    start = end - 1
  }
  return mergeRuns(runs, 1)
}

/** 1 where a value is no number; null where all are. */
export function nonFiniteMask(x: Float64Array): Uint8Array | null {
  let mask: Uint8Array | null = null
  for (let i = 0; i < x.length; i++) {
    if (Number.isFinite(x[i])) continue
    mask ??= new Uint8Array(x.length)
    mask[i] = 1
  }
  return mask
}
