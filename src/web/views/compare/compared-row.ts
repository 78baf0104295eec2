/** A figure of two sessions, and their difference where it says something. */
import type { TrendPoint } from '../patient/trend-series.ts'
import type { Cause } from './causes.ts'

export interface Figure {
  readonly value: number | null
  /** Why there is none: as the server says it, or what the view has words for. */
  readonly reason:
    | string
    | { readonly known: 'notRecorded' | 'notOfEvery' | 'notAnalysed' | 'notScored' }
    | null
}

/** What is compared, and in what: `points` are percentage points. */
export type Measure =
  | 'contractions'
  | 'good'
  | 'meetsMvc'
  | 'meetsDuration'
  | 'meanDuration'
  | 'mvc'
  | 'amplitude'
  | 'medianFrequency'
  | 'mvcPercent'
  | 'fatigueSlope'
  | 'robinsonIndex'
  | 'symmetryAngle'
  | 'ghostlySymmetry'
  | 'limbSymmetryIndex'
  | 'overall'
  | 'compliance'
  | 'symmetry'
  | 'effort'
  | 'game'

export interface ComparedRow {
  readonly measure: Measure
  readonly a: Figure
  readonly b: Figure
  /** b − a; null where one is missing or the two do not compare. */
  readonly difference: number | null
  /** Why the two do not compare; empty where they do. */
  readonly causes: readonly Cause[]
}

export const NOT_RECORDED: Figure = { value: null, reason: { known: 'notRecorded' } }
const NOT_ANALYSED: Figure = { value: null, reason: { known: 'notAnalysed' } }
export const NOT_SCORED: Figure = { value: null, reason: { known: 'notScored' } }

/** What stands for a muscle or a pair that a session lacks; why it was not analysed is said of the session once. */
export const lacking = ({ analysis }: TrendPoint): Figure => (analysis ? NOT_RECORDED : NOT_ANALYSED)

/** One line of a comparison. */
export function row(measure: Measure, a: Figure, b: Figure, causes: readonly Cause[]): ComparedRow {
  const difference = a.value === null || b.value === null || causes.length > 0 ? null : b.value - a.value
  return { measure, a, b, difference, causes }
}
