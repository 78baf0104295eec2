/** Whether the sessions of a trend hold a muscle against one MVC: percentages of different ones do not compare. */
import { type MuscleKey, muscleAt, muscleKeys, type TrendPoint } from './trend-series.ts'

export interface MvcDifferences {
  /** Muscles whose MVC is not the same in all sessions. */
  readonly changed: readonly MuscleKey[]
  /** Whether some of theirs was calculated from the very recording that is held against it. */
  readonly isCalculated: boolean
}

/** Closer than this share is the rounding of a computer. */
const NEGLIGIBLE = 1e-9

/** @param points the sessions of a trend; those without a figure or an MVC say nothing */
export function mvcDifferences(points: readonly TrendPoint[]): MvcDifferences {
  const amplitudes = (key: MuscleKey) =>
    points
      .map((point) => muscleAt(point, key)?.amplitude)
      .filter((each) => each !== undefined && each.value !== null && each.mvc !== null)
      .map((each) => ({ mvc: each?.mvc as number, source: each?.mvcSource }))
  const changed = muscleKeys(points).filter((key) => {
    const values = amplitudes(key).map(({ mvc }) => mvc)
    return values.length > 0 && Math.max(...values) - Math.min(...values) > NEGLIGIBLE * Math.max(...values)
  })
  return {
    changed,
    isCalculated: changed.some((key) => amplitudes(key).some(({ source }) => source === 'calculated')),
  }
}
