/** What a shared tier is: Redis, or a table of PostgreSQL. */
import type { StoredEntry } from '../entry.ts'

/** A shared tier. */
export type TierId = 'redis' | 'postgres'

/** A page of keys; `cursor` is null with the last one. */
export interface KeyPage {
  readonly keys: readonly string[]
  readonly cursor: string | null
}

/** The right to load one key alone, until it is released or its time is over. */
export interface Lease {
  release(): Promise<void>
}

/** How a tier is doing. */
export interface TierState {
  readonly id: TierId
  /** `open`: it failed, and is left alone for a while; `half-open`: the next call tries it. */
  readonly breaker: 'closed' | 'open' | 'half-open'
  /** The last failure, if any, and when. Holds no address and no secret. */
  readonly lastFailure: { readonly message: string; readonly at: number } | null
}

/**
 * A shared tier. Every call ends by a deadline of the tier's own, whatever the server does, and then rejects with
 * {@link TierFailure}; a caller goes on without it. A corrupt entry is none: it is removed and counted.
 */
export interface SharedTier {
  readonly id: TierId
  state(): TierState
  /** Whether it is worth asking: false while the breaker is open. */
  isAvailable(): boolean
  /** One round trip. Answers in the order of the keys; null for what is not there, expired or corrupt. */
  getMany(keys: readonly string[]): Promise<Array<StoredEntry | null>>
  /** One round trip; several for what one deadline may not suffice for. Ends with the first that fails. */
  setMany(entries: readonly StoredEntry[]): Promise<void>
  /** @returns how many were there */
  deleteMany(keys: readonly string[]): Promise<number>
  /** Keys that begin with a prefix, for operators; never blocks the server. */
  scan(prefix: string, cursor: string | null, limit: number): Promise<KeyPage>
  /** Tries to become the one that loads a key. @returns null when another node is */
  acquire(key: string, ms: number): Promise<Lease | null>
  close(): Promise<void>
}

const TIER_FAILURE = Symbol.for('myoserve:tier-failure')

/** A tier did not answer in time, or not at all. */
export class TierFailure extends Error {
  override readonly name = 'TierFailure'
  readonly [TIER_FAILURE] = true

  constructor(
    readonly tier: TierId,
    readonly reason: 'timeout' | 'offline' | 'refused' | 'open',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/** Told by its mark, so that failures of another copy of this module count too. */
export const isTierFailure = (error: unknown): error is TierFailure =>
  error instanceof Error && TIER_FAILURE in error
