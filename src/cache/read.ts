/** What a read of the cache answers. */
import type { EntryMeta } from './entry.ts'
import type { TierName } from './statistics.ts'

/** Where a value came from, and why: every read can say so. */
export interface Provenance {
  readonly status: 'HIT' | 'MISS' | 'STALE'
  readonly tier: TierName | 'loader'
  /** Age of the value in milliseconds. */
  readonly ageMs: number
  /** Why it was served so, in words. */
  readonly reason: string
}

/** A value, with how the cache came by it. */
export interface CacheRead<Value> extends Provenance {
  readonly value: Value
}

/** An entry that was found and may be served. */
export interface Found {
  readonly value: unknown
  readonly meta: EntryMeta
  readonly tier: TierName
}

/** What a read is about. */
export interface Target {
  readonly key: string
  readonly tags: readonly string[]
  readonly inputs: string | null
}

export const served = (
  { value, meta, tier }: Found,
  status: 'HIT' | 'STALE',
  reason: string,
  now: number,
): CacheRead<unknown> => ({ value, status, tier, ageMs: Math.max(0, now - meta.createdAt), reason })

export const loaded = (value: unknown, reason: string): CacheRead<unknown> => ({
  value,
  status: 'MISS',
  tier: 'loader',
  ageMs: 0,
  reason,
})
