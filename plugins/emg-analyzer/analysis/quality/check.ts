/** What a quality check is: data with a function, so that reading one teaches all. */
import type { Gaps, Run } from '../conditioning/gaps.ts'
import type { Signals } from '../conditioning/signals.ts'

/** What a check looks at. Checks are made on the raw signal, as it came. */
export interface CheckInput {
  /** As the file has it. */
  readonly raw: Float64Array
  /** All gaps there are. */
  readonly gaps: Gaps
  /** Sampling rate in Hz. */
  readonly rate: number
  /** Volts in one unit of the channel; null where its unit is no voltage we know. */
  readonly volts: number | null
  /** The same at the skin; null also where amplitudes say that unit or gain are wrong: {@link skinVoltsOf}. */
  readonly skinVolts: number | null
  /** Filtered signals; null where nothing can be filtered. */
  readonly signals: Signals | null
  /** The contractions, as they were found. */
  readonly contractions: readonly Run[]
  /** Where no contraction is, nor one near: {@link restOf}. */
  readonly rest: readonly Run[]
}

/** `unknown` says that the check could not be made; it lowers no verdict. */
export type Status = 'good' | 'usable' | 'poor' | 'unknown'

/** What a quality check has found. */
export interface Finding {
  readonly status: Status
  /** What was measured; null where it could not be. */
  readonly value: number | null
  /** A sentence for people; required unless all is good. */
  readonly message?: string
  /** What else is worth knowing, as JSON. */
  readonly details?: unknown
}

/** A judgement of a channel as it came: data with a function. */
export interface QualityCheck {
  readonly type: 'quality-check'
  /** Its name in results. */
  readonly id: string
  /** What it looks for, in one line. */
  readonly summary: string
  /** Unit of the value; `{unit}` stands for that of the channel. */
  readonly unit: string
  readonly reference: string
  assess(input: CheckInput): Finding
}

/** The status of a value that is better the smaller it is. */
export const rate = (value: number, usable: number, poor: number): Status =>
  value >= poor ? 'poor' : value >= usable ? 'usable' : 'good'

/** The worst of some; `good` of none. */
export function worstOf(statuses: readonly Status[]): 'good' | 'usable' | 'poor' {
  if (statuses.includes('poor')) return 'poor'
  return statuses.includes('usable') ? 'usable' : 'good'
}
