/** The cache as it is operated: keys, invalidation, figures, benchmark. */
import { describe, expect, test } from 'bun:test'
import pino from 'pino'
import * as v from 'valibot'
import { openCaches } from './cache.ts'
import { createClock, createFakeTier, createNode, type FakeTier } from './fixtures.ts'
import { createLocalInvalidation } from './invalidation/invalidation.ts'
import { namespace } from './namespace.ts'
import { createCacheOperation } from './operator.ts'

const silent = pino({ level: 'silent' })
const Text = v.string()

const SPACES = {
  metadata: namespace({
    key: 'session:{sessionId}:metadata',
    ttl: '1h',
    tags: ['session.changed:{sessionId}'],
    schema: Text,
  }),
  scores: namespace({ key: 'session:{sessionId}:scores', ttl: '1h', schema: Text }),
  patients: namespace({
    key: 'patient:{patientCode}:mvc',
    ttl: '1h',
    tags: ['mvc.changed:{patientCode}'],
    personal: ['patientCode'],
    schema: Text,
  }),
  here: namespace({ key: 'plot:{sessionId}', ttl: '1h', sharing: 'none', schema: Text }),
} as const

/** A shared tier whose pages hold so many keys, as servers’ pages do. */
function paged(tier: FakeTier, size: number): FakeTier {
  return {
    ...tier,
    async scan(prefix, cursor, limit) {
      const keys = [...tier.entries.keys()].filter((key) => key.startsWith(prefix)).toSorted()
      const from = cursor === null ? 0 : keys.findIndex((key) => key > cursor)
      if (from < 0) return { keys: [], cursor: null }
      const page = keys.slice(from, from + Math.min(size, limit))
      const last = page.at(-1)
      return { keys: page, cursor: last === undefined || last === keys.at(-1) ? null : last }
    },
  }
}

function open(options: Parameters<typeof createNode>[0] = {}) {
  const node = createNode(options)
  const { operator, ...operation } = createCacheOperation(node, options.log ?? silent)
  return { node, operator, operation, caches: openCaches(node, 'test', SPACES) }
}

type Opened = ReturnType<typeof open>

/** Fills sessions a to e, two kinds of each, a patient and a plot. */
async function fill({ node, caches }: Opened) {
  for (const sessionId of ['a', 'b', 'c', 'd', 'e']) {
    await caches.metadata.getOrLoad({ sessionId }, () => `metadata ${sessionId}`)
    await caches.scores.getOrLoad({ sessionId }, () => `scores ${sessionId}`)
  }
  await caches.patients.getOrLoad({ patientCode: 'P001' }, () => 'values')
  await caches.here.getOrLoad({ sessionId: 'a' }, () => 'plot')
  await node.settle()
}

/** What is in the cache still, as a reader sees it. */
async function left({ caches }: Opened): Promise<string[]> {
  const found: string[] = []
  for (const sessionId of ['a', 'b', 'c', 'd', 'e']) {
    if (await caches.metadata.get({ sessionId })) found.push(`m${sessionId}`)
    if (await caches.scores.get({ sessionId })) found.push(`s${sessionId}`)
  }
  if (await caches.patients.get({ patientCode: 'P001' })) found.push('patient')
  if (await caches.here.get({ sessionId: 'a' })) found.push('plot')
  return found
}

const ALL = ['ma', 'sa', 'mb', 'sb', 'mc', 'sc', 'md', 'sd', 'me', 'se', 'patient', 'plot']

/** Two nodes on one Redis, or what stands for it. */
function pair(pageSize = 3) {
  const invalidation = createLocalInvalidation()
  const redis = paged(createFakeTier('redis'), pageSize)
  const make = () => open({ invalidation, tiers: { redis }, phase: 'redis-only' })
  return { redis, one: make(), other: make() }
}

describe('keys', () => {
  test('come page by page, of memory and of shared tiers, each once', async () => {
    const { one } = pair(2)
    await fill(one)
    const items: string[] = []
    let cursor: string | null = null
    let pages = 0
    do {
      const page = await one.operator.keys({ prefix: 'session:', cursor, limit: 4 })
      expect(page.items.length).toBeLessThanOrEqual(4)
      items.push(...page.items.map(({ tier, namespace: name, key }) => `${tier} ${name} ${key}`))
      cursor = page.nextCursor
      pages++
    } while (cursor !== null)
    const expected = ['memory', 'redis'].flatMap((tier) =>
      ['a', 'b', 'c', 'd', 'e'].flatMap((id) => [
        `${tier} test.metadata session:${id}:metadata`,
        `${tier} test.scores session:${id}:scores`,
      ]),
    )
    expect(items.toSorted()).toEqual(expected.toSorted())
    expect(pages).toBeGreaterThanOrEqual(5)
  })

  test('of a memory that holds many come each once and in order', async () => {
    const { operator, caches } = open()
    const ids = Array.from({ length: 300 }, (_, i) => String((i * 7919) % 1000))
    for (const sessionId of ids) await caches.here.set({ sessionId }, 'x')
    const keys: string[] = []
    let cursor: string | null = null
    do {
      const page = await operator.keys({ prefix: 'plot:', cursor, limit: 3 })
      keys.push(...page.items.map(({ key }) => key))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(keys).toEqual(ids.map((id) => `plot:${id}`).toSorted())
  })

  test('name no patient, and are not those of a generation that is over', async () => {
    const { one } = pair()
    await fill(one)
    const { items } = await one.operator.keys({ prefix: 'patient:', cursor: null, limit: 10 })
    expect(items.map(({ tier }) => tier)).toEqual(['memory', 'redis'])
    expect(JSON.stringify(items)).not.toContain('P001')
    await one.operator.invalidate({ namespace: 'test.metadata' })
    const rest = await one.operator.keys({ prefix: 'session:', cursor: null, limit: 100 })
    expect(rest.items).toHaveLength(10)
    expect(new Set(rest.items.map(({ namespace: name }) => name))).toEqual(new Set(['test.scores']))
  })

  test('of a tier that does not answer are missing, which is said', async () => {
    const redis = createFakeTier('redis')
    const one = open({ tiers: { redis }, phase: 'redis-only' })
    await fill(one)
    redis.broken = true
    const page = await one.operator.keys({ prefix: '', cursor: null, limit: 100 })
    expect(page.items).toHaveLength(ALL.length)
    expect(page).toMatchObject({ unreachable: ['redis'], nextCursor: null })
  })

  test.each(['', 'x', 'W10', Buffer.from('[1,"redis x",null]').toString('base64url')])(
    'are not listed from the cursor %p',
    async (cursor) => {
      const { one } = pair()
      await expect(one.operator.keys({ prefix: '', cursor, limit: 5 })).rejects.toThrow(RangeError)
    },
  )
})

describe('invalidation', () => {
  test('by a pattern that covers namespaces reaches every node, what other nodes alone hold too', async () => {
    const { redis, one, other } = pair()
    await fill(one)
    await left(other)
    redis.entries.clear()
    expect(await left(other)).toEqual(ALL.filter((each) => each !== 'plot'))
    const report = await one.operator.invalidate({ pattern: 'session:*' })
    expect(report).toEqual({
      removed: { memory: 10 },
      cleared: ['test.metadata', 'test.scores'],
      unreachable: [],
    })
    expect(await left(one)).toEqual(['patient', 'plot'])
    expect(await left(other)).toEqual(['patient'])
  })

  test('by a pattern removes what it finds, and counts it', async () => {
    const { redis, one } = pair()
    await fill(one)
    const { removed } = await one.operator.invalidate({ pattern: 'session:*' })
    expect(removed).toEqual({ memory: 10, redis: 10 })
    expect(redis.entries.size).toBe(1)
  })

  test('by a pattern that matches in part leaves the others', async () => {
    const { one, other } = pair()
    await fill(one)
    await left(other)
    const report = await one.operator.invalidate({ pattern: 'session:*:scores' })
    expect(report).toMatchObject({ removed: { memory: 5, redis: 5 }, cleared: ['test.scores'] })
    expect(await one.operator.invalidate({ pattern: 'session:b*' })).toEqual({
      removed: { memory: 1, redis: 1 },
      cleared: [],
      unreachable: [],
    })
    const rest = ['ma', 'mc', 'md', 'me', 'patient']
    expect(await left(one)).toEqual([...rest, 'plot'])
    expect(await left(other)).toEqual(rest)
  })

  test('by a pattern clears whole what it cannot look through', async () => {
    const redis = createFakeTier('redis')
    const one = open({ tiers: { redis }, phase: 'redis-only' })
    await fill(one)
    redis.broken = true
    const report = await one.operator.invalidate({ pattern: 'session:b*' })
    expect(report.unreachable).toEqual(['redis'])
    expect(report.cleared.toSorted()).toEqual(['test.metadata', 'test.scores'])
    redis.broken = false
    expect(await left(one)).toEqual(['patient', 'plot'])
    // Other nodes may hold plots that no tier lists.
    expect((await one.operator.invalidate({ pattern: 'plot:x*' })).cleared).toEqual(['test.here'])
  })

  test('by a pattern keeps a load that was under way from being kept', async () => {
    const { one } = pair()
    const gate = Promise.withResolvers<string>()
    const load = one.caches.metadata.getOrLoad({ sessionId: 'a' }, () => gate.promise)
    await Bun.sleep(1)
    await one.operator.invalidate({ pattern: 'session:*' })
    gate.resolve('old')
    await load
    expect(await one.caches.metadata.get({ sessionId: 'a' })).toBeNull()
  })

  test('by a tag takes it as people write it: escaped, and with the hash of a person', async () => {
    const { one, other } = pair()
    await fill(one)
    await left(other)
    expect(await one.operator.invalidate({ tag: 'mvc.changed:P001' })).toEqual({
      removed: null,
      cleared: [],
      unreachable: [],
    })
    await one.operator.invalidate({ tag: 'session.changed:c' })
    expect(await left(one)).toEqual(ALL.filter((each) => each !== 'patient' && each !== 'mc'))
    expect(await left(other)).not.toContain('mc')
  })

  test('by a key and by a namespace', async () => {
    const { redis, one, other } = pair()
    await fill(one)
    await left(other)
    expect((await one.operator.invalidate({ key: 'session:a:metadata' })).removed).toEqual({
      memory: 1,
      redis: 1,
    })
    expect(await left(other)).not.toContain('ma')
    expect(redis.entries.size).toBe(10)
    expect(await one.operator.invalidate({ namespace: 'test.scores' })).toMatchObject({
      removed: { memory: 5 },
      cleared: ['test.scores'],
    })
    expect(await left(one)).toEqual(['mb', 'mc', 'md', 'me', 'patient', 'plot'])
  })

  test.each([{ key: 'nothing:like:this' }, { namespace: 'test.nothing' }, { pattern: 'no-star' }])(
    'of %j is refused',
    async (target) => {
      const { one } = pair()
      await expect(one.operator.invalidate(target)).rejects.toThrow(/no namespace/)
    },
  )
})

describe('the benchmark', () => {
  test('measures memory and every tier, and leaves nothing behind', async () => {
    const redis = createFakeTier('redis')
    const one = open({ tiers: { redis }, phase: 'redis-only' })
    await fill(one)
    const [bytes, entries] = [one.node.memory.bytes, redis.entries.size]
    const before = await one.operator.stats()
    const report = await one.operator.benchmark({ entries: 150, bytes: 100, seconds: 5 })
    expect(report).toMatchObject({
      entries: 150,
      cutShort: false,
      memory: { miss: { count: 150 }, hit: { count: 150 } },
      tiers: { redis: { writeMany: { count: 2 }, read: { count: 150 }, readMany: { count: 2 } } },
    })
    expect(report.memory.hit.p50Ms).toBeGreaterThan(0)
    expect([one.node.memory.bytes, redis.entries.size]).toEqual([bytes, entries])
    expect((await one.operator.stats()).totals).toEqual(before.totals)
  })

  test('ends in time, and one at a time', async () => {
    const redis = createFakeTier('redis')
    redis.delayMs = 20
    const { operator } = open({ tiers: { redis }, phase: 'redis-only' })
    const begun = performance.now()
    const running = operator.benchmark({ entries: 1000, bytes: 10, seconds: 0.4 })
    await expect(operator.benchmark({ entries: 1, bytes: 1, seconds: 1 })).rejects.toThrow(/running already/)
    expect((await running).cutShort).toBe(true)
    // Cleaning up takes ten more calls.
    expect(performance.now() - begun).toBeLessThan(1500)
  })

  test('goes on without a tier that fails', async () => {
    const redis = createFakeTier('redis')
    redis.broken = true
    const { operator } = open({ tiers: { redis }, phase: 'redis-only' })
    const { tiers, memory } = await operator.benchmark({ entries: 10, bytes: 10, seconds: 1 })
    expect(tiers).toEqual({ redis: null })
    expect(memory.hit.count).toBe(10)
  })
})

describe('figures', () => {
  test('add up over namespaces, and name what is declared', async () => {
    const clock = createClock()
    const one = open({ now: clock.now })
    await fill(one)
    await fill(one)
    const { totals, namespaces, memory } = await one.operator.stats()
    expect(totals).toMatchObject({ reads: 24, misses: 12, hitRate: 0.5, loads: 12 })
    expect(namespaces.map(({ reads }) => reads)).toEqual([10, 10, 2, 2])
    expect(memory.entries).toBe(12)
    expect(one.operator.namespaces().find(({ name }) => name === 'test.patients')).toMatchObject({
      key: 'patient:{patientCode}:mvc',
      ttlMs: 3_600_000,
      personal: ['patientCode'],
      entriesInMemory: 1,
    })
  })

  test('come as a stream until nobody wants them', async () => {
    const one = open()
    const controller = new AbortController()
    const seen: number[] = []
    for await (const { totals } of one.operator.snapshots(5, controller.signal)) {
      seen.push(totals.reads)
      await one.caches.here.getOrLoad({ sessionId: 'a' }, () => 'x')
      if (seen.length === 3) controller.abort()
    }
    expect(seen).toEqual([0, 1, 2])
    const rest = one.operator.snapshots(60_000, new AbortController().signal)
    await rest.next()
    const last = rest.next()
    await one.operation.stop()
    expect(await last).toEqual({ done: true, value: undefined })
  })
})
