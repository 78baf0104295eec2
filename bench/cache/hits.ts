/** Hits: what is in memory, and what is in Redis where the memory is passed by. */
import { deepEquals } from 'bun'
import { LRUCache } from 'lru-cache'
import { openInMemory, openOnRedis } from './ours.ts'
import * as peers from './peers.ts'
import { type Costs, compare, interleave, type Row } from './rounds.ts'
import * as work from './workload.ts'

const { plainKey, taggedKey, tagsOf } = work

type Session = work.Session

/** A cache as its user reads it: its key is made of the id, and its loader is given, at every read. */
interface Side {
  read(id: string, load: () => Session): Promise<unknown> | unknown
  /** Where a read does not keep what it loads. */
  fill?(id: string, value: Session): Promise<unknown> | unknown
}

export interface HitOptions {
  readonly keys: number
  readonly rounds: number
  /** Of one side in one round. */
  readonly reads: number
  /** Reads that are under way at once; one where absent. */
  readonly abreast?: number
}

/** No side may load while it is measured: all hit, all the time. */
function missed(): never {
  throw new Error('a read that should hit has missed')
}

/** Fills a side and holds its answers against the truth. @throws when it answers something else, or misses */
async function prepare(name: string, side: Side, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const value = work.sessionOf(id)
    await (side.fill ? side.fill(id, value) : side.read(id, () => value))
  }
  for (const id of ids) {
    if (!deepEquals(await side.read(id, missed), work.sessionOf(id))) {
      throw new Error(`${name} answers something else for ${id}`)
    }
  }
}

/** Times reads by Zipf's law, in µs. */
async function timeHits<Name extends string>(
  sides: Readonly<Record<Name, Side>>,
  { keys, rounds, reads, abreast = 1 }: HitOptions,
): Promise<Costs<Name>> {
  const names = Object.keys(sides) as Name[]
  const ids = work.sessionIds(keys)
  const pick = work.createZipf(keys, work.randomFrom(1))
  const order = Array.from({ length: reads }, () => ids[pick()] as string)
  for (const name of names) await prepare(name, sides[name], ids)
  return interleave(names, rounds, async (name) => {
    const side: Side = sides[name]
    const start = performance.now()
    if (abreast === 1) for (const id of order) await side.read(id, missed)
    else {
      for (let at = 0; at < order.length; at += abreast) {
        await Promise.all(order.slice(at, at + abreast).map((id) => side.read(id, missed)))
      }
    }
    return ((performance.now() - start) / reads) * 1000
  })
}

/** @param url of a Redis, for its own client's cache in memory; null leaves that one out */
export async function memoryHits(options: HitOptions, url: string | null): Promise<Row[]> {
  const ours = openInMemory()
  const bento = peers.openBento()
  const byReference = bento.use('byReference')
  const cacheable = peers.openCacheable({ tags: false })
  const lru = new LRUCache<string, Session>({ max: 1e6, ttl: 7_200_000 })
  const tracking = url === null ? null : await peers.connectTracking(url)
  const plain: Record<string, Side> = {
    ours: { read: async (id, load) => (await ours.plain.getOrLoad({ sessionId: id }, load)).value },
    bentocache: { read: (id, factory) => bento.getOrSet({ key: plainKey(id), factory }) },
    'bentocache, by reference': {
      read: (id, factory) => byReference.getOrSet({ key: plainKey(id), factory }),
    },
    cacheable: { read: (id, load) => cacheable.getOrSet(plainKey(id), async () => load()) },
    'lru-cache alone': {
      read: (id) => lru.get(plainKey(id)),
      fill: (id, value) => lru.set(plainKey(id), value),
    },
    ...(tracking && {
      'node-redis, clientSideCache': {
        read: async (id: string) => JSON.parse((await tracking.get(plainKey(id))) as string) as unknown,
        fill: (id: string, value: Session) => tracking.set(plainKey(id), JSON.stringify(value)),
      },
    }),
  }
  const us = await timeHits(plain, options)
  tracking?.destroy()
  const target = (peer: string) => (/^bentocache|^cacheable/.test(peer) ? 2 : null)
  return Object.keys(plain)
    .slice(1)
    .map((peer) => compare(`memory hit: ${peer}`, [us.ours ?? [], us[peer] ?? []], 'µs', target(peer)))
}

export async function taggedHits(options: HitOptions): Promise<Row[]> {
  const ours = openInMemory()
  const bento = peers.openBento()
  const byReference = bento.use('byReference')
  const cacheable = peers.openCacheable({ tags: true })
  const sides: Record<string, Side> = {
    ours: { read: async (id, load) => (await ours.tagged.getOrLoad({ sessionId: id }, load)).value },
    bentocache: {
      read: (id, factory) => bento.getOrSet({ key: taggedKey(id), factory, tags: tagsOf(id) }),
    },
    'bentocache, by reference': {
      read: (id, factory) => byReference.getOrSet({ key: taggedKey(id), factory, tags: tagsOf(id) }),
    },
    cacheable: {
      read: (id, load) => cacheable.getOrSet(taggedKey(id), async () => load()),
      fill: (id, value) => cacheable.set(taggedKey(id), value, { tags: tagsOf(id) }),
    },
  }
  const us = await timeHits(sides, options)
  return Object.keys(sides)
    .slice(1)
    .map((peer) => compare(`memory hit, 3 tags: ${peer}`, [us.ours ?? [], us[peer] ?? []], 'µs', 2))
}

/** At most 1.2 times as slow as a GET and JSON.parse. */
const BARE_GET = 1 / 1.2

export async function redisHits(options: HitOptions, server: { url: string; port: number }): Promise<Row[]> {
  const ours = await openOnRedis(server.url)
  const bento = peers.openBentoOnRedis(server.port)
  const client = await peers.connect(server.url)
  const cacheable = peers.openCacheableOnRedis(client)
  const us = await timeHits(
    {
      ours: {
        read: async (id, load) => (await ours.plain.getOrLoad({ sessionId: id }, load)).value,
        fill: (id, value) => ours.plain.set({ sessionId: id }, value),
      },
      bare: {
        read: async (id) => JSON.parse((await client.get(`bare:${id}`)) as string) as unknown,
        fill: (id, value) => client.set(`bare:${id}`, JSON.stringify(value)),
      },
      bento: { read: (id, factory) => bento.cache.getOrSet({ key: plainKey(id), factory }) },
      cacheable: { read: (id, load) => cacheable.getOrSet(`cacheable:${id}`, async () => load()) },
    },
    options,
  )
  await bento.close()
  client.destroy()
  await ours.system.close()
  const name = options.abreast ? `Redis hit, ${options.abreast} at once` : 'Redis hit'
  return [
    compare(`${name}: bare GET and parse`, [us.ours, us.bare], 'µs', options.abreast ? null : BARE_GET),
    compare(`${name}: bentocache`, [us.ours, us.bento], 'µs'),
    compare(`${name}: cacheable`, [us.ours, us.cacheable], 'µs'),
  ]
}
