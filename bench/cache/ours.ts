/** Our side of the cache benchmark. */
import { type Cache, openCaches } from '../../src/cache/cache.ts'
import { type CacheSystem, createCacheSystem } from '../../src/cache/system.ts'
import { createRedisTier } from '../../src/cache/tiers/redis.ts'
import { until } from '../../test/support/redis.ts'
import { type Analysis, NAMESPACES, type Report, type Session } from './workload.ts'

type Of<Value> = Cache<{ readonly sessionId: string }, Value>

export interface Ours {
  readonly system: CacheSystem
  readonly plain: Of<Session>
  readonly tagged: Of<Session>
  readonly report: Of<Report>
  readonly analysis: Of<Analysis>
}

function open(system: CacheSystem): Ours {
  return { system, ...openCaches(system, 'bench', NAMESPACES) }
}

const SECRET = 'of the benchmark'

export const openInMemory = (): Ours => open(createCacheSystem({ memoryBytes: 1e9, secret: SECRET }))

/** @param memoryBytes one where Redis alone is meant: then the memory is too small for any entry */
export async function openOnRedis(url: string, memoryBytes = 1): Promise<Ours> {
  // On a machine that others use too, the usual deadline would now and then make a miss of a hit.
  const redis = createRedisTier({ url, deadlineMs: 5000 })
  await until(redis.isAvailable, 5000, 'the Redis tier')
  return open(createCacheSystem({ memoryBytes, secret: SECRET, tiers: { redis }, phase: 'redis-only' }))
}
