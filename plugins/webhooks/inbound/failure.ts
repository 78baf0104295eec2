/** Why an announced recording could not be taken in, and whether another try may help. */
import { isPluginFault, isProblem, isTaskError, messageOf } from '../../../src/sdk.ts'
import { isUnreadable, readProblem, uploadProblem } from '../../c3d-reader/index.ts'

/** What a delivery says of its failure. */
export interface DeliveryFailure {
  /** Stable, in capitals. */
  readonly code: string
  /** One sentence for people. */
  readonly reason: string
  /** Whether the same may succeed another time. */
  readonly passing: boolean
}

/** A fetch that came to nothing. It has no cause: those of connections would pass for ones of the database. */
export class FetchFailure extends Error {
  override readonly name = 'FetchFailure'

  constructor(
    readonly code: string,
    message: string,
    readonly passing: boolean,
  ) {
    super(message)
  }
}

function asProblem(error: unknown): unknown {
  try {
    return isUnreadable(error) || isTaskError(error) || isPluginFault(error)
      ? readProblem(error)
      : uploadProblem(error)
  } catch (problem) {
    return problem
  }
}

/** What an error says. What nobody expected is named, and its details are left to the log. */
export function failureOf(error: unknown): DeliveryFailure {
  if (error instanceof FetchFailure) {
    const { code, message: reason, passing } = error
    return { code, reason, passing }
  }
  const problem = asProblem(error)
  if (isProblem(problem)) {
    return { code: problem.code, reason: messageOf(problem), passing: problem.status >= 500 }
  }
  return {
    code: 'INTAKE_FAILED',
    reason: 'The recording could not be taken in; the log of the server has the details.',
    passing: true,
  }
}
