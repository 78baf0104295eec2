/** The opponents of the cache benchmark, each set up as its own manual says. */
import { EventEmitter } from 'node:events'
import { BentoCache, bentostore } from 'bentocache'
import { memoryDriver } from 'bentocache/drivers/memory'
import { redisDriver } from 'bentocache/drivers/redis'
import { Cacheable, Keyv, type KeyvStoreAdapter } from 'cacheable'
import { Redis as IoRedis } from 'ioredis'
import { createClient } from 'redis'

const TTL = '2h'
const MANY = 1_000_000

/**
 * bentocache in memory: `serialised` holds JSON text, as it does by default; `byReference` holds the objects, which
 * callers can then change for each other.
 */
export const openBento = () =>
  new BentoCache({
    default: 'serialised',
    stores: {
      serialised: bentostore({ ttl: TTL }).useL1Layer(memoryDriver({ maxItems: MANY })),
      byReference: bentostore({ ttl: TTL }).useL1Layer(memoryDriver({ maxItems: MANY, serialize: false })),
    },
  })

export function openBentoOnRedis(port: number) {
  const connection = new IoRedis(port, '127.0.0.1')
  const cache = new BentoCache({
    default: 'redis',
    stores: { redis: bentostore({ ttl: TTL }).useL2Layer(redisDriver({ connection, prefix: 'bento' })) },
  })
  return { cache, close: () => cache.disconnectAll() }
}

export const openCacheable = (options: { tags: boolean }) => new Cacheable({ ...options, ttl: TTL })

type Client = Awaited<ReturnType<typeof connect>>

/** node-redis as it is. */
export async function connect(url: string) {
  const client = createClient({ url })
  await client.connect()
  return client
}

/** node-redis with its own cache in memory, which Redis invalidates. */
export async function connectTracking(url: string) {
  const client = createClient({ url, RESP: 3, clientSideCache: { maxEntries: MANY, ttl: 0 } })
  await client.connect()
  return client
}

/** A Keyv store on node-redis that does no more than it must: `@keyv/redis` brings a node-redis of its own. */
class RedisStore extends EventEmitter {
  readonly opts = {}
  namespace?: string

  constructor(readonly client: Client) {
    super()
  }

  async get<Value>(key: string) {
    return ((await this.client.get(key)) ?? undefined) as Value
  }

  async getMany<Value>(keys: string[]) {
    return (await this.client.mGet(keys)).map((value) => value ?? undefined) as Value[]
  }

  async set(key: string, value: string, ttl?: number) {
    await this.client.set(key, value, ttl ? { expiration: { type: 'PX', value: ttl } } : {})
  }

  async delete(key: string) {
    return (await this.client.unlink(key)) > 0
  }

  async clear() {
    await this.client.flushDb()
  }
}

/** cacheable whose only store is Redis. */
export const openCacheableOnRedis = (client: Client) =>
  new Cacheable({ primary: new Keyv({ store: new RedisStore(client) as KeyvStoreAdapter }), ttl: TTL })
