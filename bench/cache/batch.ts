/** A hundred keys at once, from Redis. */
import { deepEquals } from 'bun'
import type { Cache } from '../../src/cache/cache.ts'
import { openOnRedis } from './ours.ts'
import * as peers from './peers.ts'
import { compare, interleave, type Row } from './rounds.ts'
import { analysisOf, createZipf, plainKey, randomFrom, reportOf, sessionIds, sessionOf } from './workload.ts'

const SIZE = 100

/** At most 1.3 times as slow as an MGET and JSON.parse. */
const BARE_MGET = 1 / 1.3

export interface BatchOptions {
  readonly keys: number
  readonly rounds: number
  /** Of one side in one round. */
  readonly batches: number
}

/** Keys by Zipf's law, none of them twice in one batch. */
function drawBatches(ids: readonly string[], count: number): string[][] {
  const pick = createZipf(ids.length, randomFrom(2))
  return Array.from({ length: count }, () => {
    const batch = new Set<string>()
    while (batch.size < SIZE) batch.add(ids[pick()] as string)
    return [...batch]
  })
}

type Opened = Awaited<ReturnType<typeof openOnRedis>>
type AnyCache = Cache<{ readonly sessionId: string }, unknown>

interface Kind {
  /** Bytes of a value as JSON, about. */
  readonly size: string
  /** So many times fewer keys, and batches a round: each costs more. */
  readonly fewer: number
  answerOf(id: string): object
  cacheOf(ours: Opened): AnyCache
}

/** Small values, whose cost is that of each entry, larger ones, whose cost is that of parsing, and compressed ones. */
const KINDS: readonly Kind[] = [
  { size: '0.2 kB', fewer: 1, answerOf: sessionOf, cacheOf: ({ plain }) => plain as AnyCache },
  { size: '1.5 kB', fewer: 2, answerOf: reportOf, cacheOf: ({ report }) => report as AnyCache },
  { size: '20 kB', fewer: 20, answerOf: analysisOf, cacheOf: ({ analysis }) => analysis as AnyCache },
]

export async function batches(options: BatchOptions, server: { url: string; port: number }): Promise<Row[]> {
  const rows: Row[] = []
  for (const kind of KINDS) rows.push(...(await batchesOf(kind, options, server)))
  return rows
}

async function batchesOf(
  { size, fewer, answerOf, cacheOf }: Kind,
  { keys, rounds, batches: perRound }: BatchOptions,
  server: { url: string; port: number },
): Promise<Row[]> {
  const count = Math.ceil(perRound / fewer)
  const ours = await openOnRedis(server.url)
  const filling = await openOnRedis(server.url, 1e9)
  const [cache, fillingCache] = [cacheOf(ours), cacheOf(filling)]
  const bento = peers.openBentoOnRedis(server.port)
  const client = await peers.connect(server.url)
  const cacheable = peers.openCacheableOnRedis(client)
  const ids = sessionIds(Math.max(SIZE * 2, keys / fewer))
  const missed = (): never => {
    throw new Error('a batch that should hit has missed')
  }
  for (const id of ids) {
    await cache.set({ sessionId: id }, answerOf(id))
    await client.set(`bare:${id}`, JSON.stringify(answerOf(id)))
    await bento.cache.set({ key: plainKey(id), value: answerOf(id) })
    await cacheable.set(`cacheable:${id}`, answerOf(id))
  }
  const readOurs = async (from: AnyCache, batch: readonly string[]) => {
    const reads = await from.getMany(
      batch.map((sessionId) => ({ sessionId })),
      missed,
    )
    return reads.map(({ value }) => value)
  }
  const read = {
    ours: (batch: readonly string[]) => readOurs(cache, batch),
    filling: (batch: readonly string[]) => readOurs(fillingCache, batch),
    bare: async (batch: readonly string[]) => {
      const texts = await client.mGet(batch.map((id) => `bare:${id}`))
      return texts.map((text) => JSON.parse(text as string) as unknown)
    },
    cacheable: (batch: readonly string[]) => cacheable.getMany(batch.map((id) => `cacheable:${id}`)),
    bento: (batch: readonly string[]) =>
      Promise.all(batch.map((id) => bento.cache.get({ key: plainKey(id) }))),
  }
  const names = Object.keys(read) as Array<keyof typeof read>
  const drawn = drawBatches(ids, count)
  for (const name of names) {
    for (const batch of drawn) {
      filling.system.memory.clear()
      if (deepEquals(await read[name](batch), batch.map(answerOf))) continue
      throw new Error(`${name} answers something else for a batch`)
    }
  }
  const us = await interleave(names, rounds, async (name) => {
    let ms = 0
    for (const batch of drawn) {
      filling.system.memory.clear()
      const start = performance.now()
      await read[name](batch)
      ms += performance.now() - start
    }
    return (ms / count) * 1000
  })
  await bento.close()
  client.destroy()
  await Promise.all([ours.system.close(), filling.system.close()])
  const name = `batch of ${SIZE} of ${size} from Redis`
  return [
    compare(`${name}: bare MGET and parse`, [us.ours, us.bare], 'µs', BARE_MGET),
    compare(`${name} into memory: bare MGET and parse`, [us.filling, us.bare], 'µs'),
    compare(`${name}: cacheable getMany`, [us.ours, us.cacheable], 'µs'),
    compare(`${name}: bentocache, ${SIZE} gets at once`, [us.ours, us.bento], 'µs'),
  ]
}
