/** How what was found becomes a read, and how reads are counted. */
import type { Opened } from './opened.ts'
import { type CacheRead, type Found, served } from './read.ts'
import { isSampled } from './statistics.ts'
import { freshnessOf } from './validity.ts'

const FRESH_IN = {
  memory: 'fresh in memory',
  redis: 'fresh in redis',
  postgres: 'fresh in postgres',
} as const

/** What a caller who brings a loader is given: it loads anew where it is stale. */
export const readOf = (found: Found, time: number): CacheRead<unknown> =>
  freshnessOf(found.meta, time) === 'fresh'
    ? served(found, 'HIT', FRESH_IN[found.tier], time)
    : served(found, 'STALE', 'stale while it loads anew', time)

export interface Reading {
  /** What memory has, not yet counted; undefined where it has nothing. To be asked while invalidations are heard. */
  fromMemory(key: string, inputs: string | null): CacheRead<unknown> | undefined
  count(read: CacheRead<unknown>): void
}

export function createReading(opened: Opened): Reading {
  const { counters, system } = opened
  return {
    fromMemory(key, inputs) {
      const sampled = isSampled(counters)
      const start = sampled ? performance.now() : 0
      const found = opened.inMemory(key, inputs)
      if (!found) return undefined
      const time = system.now()
      if (freshnessOf(found.meta, time) === 'gone') {
        system.memory.delete(key)
        return undefined
      }
      if (sampled) counters.latency.memory.add(performance.now() - start)
      return readOf(found, time)
    },
    count({ status, tier }) {
      if (status === 'STALE') counters.stale++
      else if (tier === 'loader') counters.misses++
      else counters.hits[tier]++
    },
  }
}
