/** What went wrong with PostgreSQL, in a sentence that holds no address, no key and no secret. */
import postgres from 'postgres'
import { DeadlineExceeded } from '../deadline.ts'
import type { TierFailure } from '../tiers/tier.ts'

export interface PostgresFailure {
  readonly reason: TierFailure['reason']
  readonly message: string
  /** The server answered in time and is well; it just would not do this. */
  readonly answered: boolean
}

/** By SQLSTATE, or by its class. @see PostgreSQL manual, appendix A */
const REFUSALS: Readonly<Record<string, string>> = {
  '25006': 'it is read-only',
  '42P01': 'its tables are missing',
  '42501': 'its user may not do this',
  '53100': 'its disk is full',
  '53200': 'it is out of memory',
  '53300': 'it takes no more connections',
  '28': 'it does not accept the user or the password',
  '40': 'two statements were in the way of each other',
}

/** Classes and codes of a server that is there and can serve nothing at the moment. */
const UNAVAILABLE: Readonly<Record<string, string>> = {
  '08': 'the connection failed',
  '57P01': 'it is shutting down',
  '57P02': 'it has crashed and recovers',
  '57P03': 'it is starting up',
}

const sentence = (of: Readonly<Record<string, string>>, code: string): string | undefined =>
  of[code] ?? of[code.slice(0, 2)]

/** Says of an error of postgres.js, of a socket or of a deadline what it means for the tier; null for any other. */
export function describeFailure(error: unknown): PostgresFailure | null {
  if (error instanceof DeadlineExceeded) return { reason: 'timeout', message: error.message, answered: false }
  if (!(error instanceof Error && 'code' in error && typeof error.code === 'string')) return null
  if (!(error instanceof postgres.PostgresError)) {
    return { reason: 'offline', message: 'the connection was lost', answered: false }
  }
  const unavailable = sentence(UNAVAILABLE, error.code)
  if (unavailable) return { reason: 'offline', message: unavailable, answered: false }
  const message = sentence(REFUSALS, error.code) ?? `it refused with ${error.code}`
  return { reason: 'refused', message, answered: true }
}
