/** Why an analysis has failed: what a session says of it, and whether another try may help. */
import { isProblem, messageOf } from '../../src/sdk.ts'
import { isUnreadable } from '../c3d-reader/index.ts'

export interface AnalysisFailure {
  /** Stable, in capitals. */
  readonly code: string
  /** One sentence for people. */
  readonly reason: string
  /** Whether the same may succeed another time. */
  readonly passing: boolean
}

/** What an error of an analysis says. What nobody expected is named, and its details are left to the log. */
export function failureOf(error: unknown): AnalysisFailure {
  if (isUnreadable(error)) return { code: error.code, reason: messageOf(error), passing: false }
  if (isProblem(error)) return { code: error.code, reason: messageOf(error), passing: error.status >= 500 }
  return {
    code: 'ANALYSIS_FAILED',
    reason: 'The analysis failed; the log of the server has the details.',
    passing: true,
  }
}
