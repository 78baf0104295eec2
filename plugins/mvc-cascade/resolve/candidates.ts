/** What the cascade chooses from. */
import type { CalculatedMvc } from '../calculate.ts'
import type { MetadataMvc } from '../metadata.ts'
import type { MvcRecord } from '../records/record.ts'

/** There is no such candidate, and why. */
export interface Unavailable {
  readonly unavailable: string
}

/** What there is to choose from, for one muscle and side. */
export interface MvcCandidates {
  /** The patient's records of it, in the order they were entered. */
  readonly records: readonly MvcRecord[] | Unavailable
  /** From the recording's parameters, in V. */
  readonly metadata: MetadataMvc | number | Unavailable | null
  /** From the recording's samples. */
  readonly calculated: CalculatedMvc | Unavailable | null
}

export const isUnavailable = (candidate: unknown): candidate is Unavailable =>
  typeof candidate === 'object' && candidate !== null && 'unavailable' in candidate
