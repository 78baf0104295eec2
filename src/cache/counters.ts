/** Counts what a tier does, and how it ends. */
import { isTierFailure, type TierFailure } from './tiers/tier.ts'

export const OPERATIONS = ['get', 'set', 'delete', 'scan', 'acquire', 'release', 'info'] as const

export type Operation = (typeof OPERATIONS)[number]

export type Outcome = 'ok' | TierFailure['reason']

export interface OperationCounts {
  readonly calls: number
  readonly failures: Readonly<Record<TierFailure['reason'], number>>
}

/** Counts since the tier was made; they only grow. */
export interface RedisCounters {
  readonly operations: Readonly<Record<Operation, OperationCounts>>
  /** Of entries as they are stored. */
  readonly bytesRead: number
  readonly bytesWritten: number
  /** Entries that were removed because they could not be read. */
  readonly corrupt: number
  /** Entries that another release of the program wrote: none for this one, and left alone. */
  readonly otherVersion: number
  /** Entries that were not written because they are too large. */
  readonly tooLarge: number
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends number ? number : Mutable<T[K]> }

export interface Counting {
  readonly counters: Mutable<RedisCounters>
  /** Counts one operation of the tier, which may take several commands. */
  counted<T>(operation: Operation, work: () => Promise<T>): Promise<T>
  /** Counts the failure of a part of an operation that went on without it. */
  failedInPart(operation: Operation, error: TierFailure): void
}

/** @param observe called at the end of each operation with its duration in ms */
export function createCounting(
  observe: (operation: Operation, ms: number, outcome: Outcome) => void,
): Counting {
  const none = () => ({ calls: 0, failures: { timeout: 0, offline: 0, refused: 0, open: 0 } })
  const counters: Mutable<RedisCounters> = {
    operations: {
      get: none(),
      set: none(),
      delete: none(),
      scan: none(),
      acquire: none(),
      release: none(),
      info: none(),
    },
    bytesRead: 0,
    bytesWritten: 0,
    corrupt: 0,
    otherVersion: 0,
    tooLarge: 0,
  }
  return {
    counters,
    failedInPart(operation, error) {
      counters.operations[operation].failures[error.reason]++
    },
    async counted(operation, work) {
      const counts = counters.operations[operation]
      const started = performance.now()
      counts.calls++
      try {
        const result = await work()
        observe(operation, performance.now() - started, 'ok')
        return result
      } catch (error) {
        if (isTierFailure(error)) {
          counts.failures[error.reason]++
          observe(operation, performance.now() - started, error.reason)
        }
        throw error
      }
    },
  }
}
