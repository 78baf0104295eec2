/** Whether a trial ran into the rail of its amplifier: then its amplitude is too small, and nobody knows by how much. */
import type { Run } from '../calculate.ts'

/** A sample within this share of the rail is at it. */
const NEARNESS = 0.005
/** Samples in a row at the rail that make a dwell; a peak of sampled EMG seldom stays so long. */
const DWELL = 3
/** Dwells of a recording that make its largest value a rail. */
const DWELLS = 2

/** Largest and smallest value that the signal dwells at, or none. */
function findRails(x: Float64Array, mask: Uint8Array | null): { upper: number; lower: number } {
  let upper = 0
  let lower = 0
  for (let i = 0; i < x.length; i++) {
    const value = x[i] as number
    if (mask?.[i]) continue
    if (value > upper) upper = value
    if (value < lower) lower = value
  }
  const dwells = (rail: number): number => {
    let count = 0
    let run = 0
    for (let i = 0; i < x.length; i++) {
      run = !mask?.[i] && isAt(x[i] as number, rail) ? run + 1 : 0
      if (run === DWELL) count++
    }
    return count
  }
  return {
    upper: dwells(upper) >= DWELLS ? upper : Number.POSITIVE_INFINITY,
    lower: dwells(lower) >= DWELLS ? lower : Number.NEGATIVE_INFINITY,
  }
}

const isAt = (value: number, rail: number): boolean =>
  rail !== 0 && value * Math.sign(rail) >= Math.abs(rail) * (1 - NEARNESS)

/**
 * The share in % of each run's samples that is at a rail of the recording.
 *
 * @param x raw samples: filters hide clipping
 */
export function clippedPercents(
  x: Float64Array,
  runs: readonly Run[],
  mask: Uint8Array | null,
): readonly number[] {
  const { upper, lower } = findRails(x, mask)
  return runs.map(({ start, end }) => {
    let count = 0
    for (let i = start; i < end; i++) {
      const value = x[i] as number
      if (!mask?.[i] && (isAt(value, upper) || isAt(value, lower))) count++
    }
    return end > start ? (100 * count) / (end - start) : 0
  })
}
