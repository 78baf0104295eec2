/** A shared tier in memory that fails as it is told, and nodes on it. */
import type { StoredEntry } from './entry.ts'
import { createLocalInvalidation, type Invalidation } from './invalidation/invalidation.ts'
import { createCacheSystem } from './system.ts'
import { type SharedTier, TierFailure, type TierId } from './tiers/tier.ts'

export interface FakeTier extends SharedTier {
  readonly entries: Map<string, StoredEntry>
  /** Calls so far, by operation. */
  readonly calls: Record<string, number>
  /** Every call fails. */
  broken: boolean
  /** Every call takes so long. */
  delayMs: number
}

export function createFakeTier(id: TierId): FakeTier {
  const entries = new Map<string, StoredEntry>()
  const leases = new Set<string>()
  const tier: FakeTier = {
    id,
    entries,
    calls: {},
    broken: false,
    delayMs: 0,
    state: () => ({ id, breaker: tier.broken ? 'open' : 'closed', lastFailure: null }),
    isAvailable: () => true,
    getMany: (keys) => answer('getMany', () => keys.map((key) => entries.get(key) ?? null)),
    setMany: (some) => answer('setMany', () => some.forEach((entry) => void entries.set(entry.key, entry))),
    deleteMany: (keys) => answer('deleteMany', () => keys.filter((key) => entries.delete(key)).length),
    scan: () => answer('scan', () => ({ keys: [...entries.keys()], cursor: null })),
    acquire: (key) =>
      answer('acquire', () => {
        if (leases.has(key)) return null
        leases.add(key)
        return { release: async () => void leases.delete(key) }
      }),
    close: async () => undefined,
  }
  async function answer<T>(operation: string, work: () => T): Promise<T> {
    tier.calls[operation] = (tier.calls[operation] ?? 0) + 1
    await Bun.sleep(tier.delayMs)
    if (tier.broken) throw new TierFailure(id, 'offline', 'it is broken')
    return work()
  }
  return tier
}

/** A clock that stands until it is moved. */
export function createClock(start = 1_000_000) {
  let time = start
  return {
    now: () => time,
    pass(ms: number) {
      time += ms
    },
  }
}

/** A node; those of one invalidation and tiers see the same entries. */
export const createNode = (
  options: Partial<Parameters<typeof createCacheSystem>[0]> & { readonly invalidation?: Invalidation } = {},
) =>
  createCacheSystem({
    memoryBytes: 1e6,
    secret: 'test',
    random: () => 0,
    invalidation: createLocalInvalidation(),
    ...options,
  })
