/** Our side of the cache benchmark. */
import { type Cache, openCaches } from '../../src/cache/cache.ts'
import { type CacheSystem, createCacheSystem } from '../../src/cache/system.ts'
import { createRedisTier } from '../../src/cache/tiers/redis.ts'
import { until } from '../../test/support/redis.ts'
import { NAMESPACES, type Report, type Session } from './workload.ts'

type Sessions = Cache<{ readonly sessionId: string }, Session>

export interface Ours {
  readonly system: CacheSystem
  readonly plain: Sessions
  readonly tagged: Sessions
  readonly report: Cache<{ readonly sessionId: string }, Report>
}

function open(system: CacheSystem): Ours {
  return { system, ...openCaches(system, 'bench', NAMESPACES) }
}

const SECRET = 'of the benchmark'

export const openInMemory = (): Ours => open(createCacheSystem({ memoryBytes: 1e9, secret: SECRET }))

/** Redis alone: the memory is too small for any entry. */
export async function openOnRedis(url: string): Promise<Ours> {
  // On a machine that others use too, the usual deadline would now and then make a miss of a hit.
  const redis = createRedisTier({ url, deadlineMs: 5000 })
  await until(redis.isAvailable, 5000, 'the Redis tier')
  return open(createCacheSystem({ memoryBytes: 1, secret: SECRET, tiers: { redis }, phase: 'redis-only' }))
}
