/** Get-or-load: what is served, what is loaded, and what is never served again. */
import { describe, expect, test } from 'bun:test'
import * as v from 'valibot'
import { openCaches } from './cache.ts'
import { createClock, createFakeTier, createNode } from './fixtures.ts'
import { createLocalInvalidation, type Invalidation } from './invalidation/invalidation.ts'
import { LoadTimeout } from './load.ts'
import { namespace } from './namespace.ts'
import type { CacheSystem } from './system.ts'

type Rest = Partial<Parameters<typeof namespace>[0]>

const Report = v.nullable(v.object({ text: v.string() }))
const text = (of: string) => ({ text: of })

const open = (node: CacheSystem, rest: Rest = {}) =>
  openCaches(node, 'test', {
    reports: namespace({
      key: 'report:{id}',
      ttl: '1h',
      tags: ['report.changed:{id}'],
      schema: Report,
      ...(rest as { grace?: '1h' }),
    }),
  }).reports

const one = { id: '1' }

/** A loader that counts, and answers what it is told. */
function counting(answer: (n: number) => unknown = (n) => text(`load ${n}`)) {
  const loader = Object.assign(async () => (await answer(++loader.count)) as { text: string }, { count: 0 })
  return loader
}

describe('getOrLoad', () => {
  test('loads once, then hits, and says why', async () => {
    const reports = open(createNode())
    const load = counting()
    expect(await reports.getOrLoad(one, load)).toEqual({
      value: text('load 1'),
      status: 'MISS',
      tier: 'loader',
      ageMs: 0,
      reason: 'loaded: nothing valid was there',
    })
    expect(await reports.getOrLoad(one, load)).toMatchObject({
      value: text('load 1'),
      status: 'HIT',
      tier: 'memory',
      reason: 'fresh in memory',
    })
    expect(load.count).toBe(1)
  })

  test('shares one load among 1,000 concurrent callers', async () => {
    const reports = open(createNode())
    const load = counting(async () => {
      await Bun.sleep(5)
      return text('x')
    })
    const reads = await Promise.all(Array.from({ length: 1000 }, () => reports.getOrLoad(one, load)))
    expect(load.count).toBe(1)
    expect(new Set(reads.map(({ value }) => value?.text))).toEqual(new Set(['x']))
  })

  test('shares a failure among the callers of its wave, and forgets it', async () => {
    const reports = open(createNode())
    const fail = counting(async () => {
      await Bun.sleep(2)
      throw new Error('no')
    })
    const wave = await Promise.allSettled([1, 2, 3].map(() => reports.getOrLoad(one, fail)))
    expect(wave.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(fail.count).toBe(1)
    expect((await reports.getOrLoad(one, counting())).value).toEqual(text('load 1'))
  })

  test('gives nobody a value that others could change', async () => {
    const reports = open(createNode())
    const { value } = await reports.getOrLoad(one, counting())
    expect(Object.isFrozen(value)).toBe(true)
  })

  test('refuses what is not of the schema, and keeps nothing', async () => {
    const reports = open(createNode())
    expect(
      reports.getOrLoad(
        one,
        counting(() => ({ text: 5 })),
      ),
    ).rejects.toThrow(/string/)
    expect((await reports.getOrLoad(one, counting())).status).toBe('MISS')
  })

  test('ends a load that takes too long, and says so to the loader', async () => {
    const reports = open(createNode(), { deadline: '30ms' })
    let aborted = false
    const load = reports.getOrLoad(one, async ({ signal }) => {
      signal.addEventListener('abort', () => {
        aborted = true
      })
      await Bun.sleep(200)
      return text('late')
    })
    expect(load).rejects.toThrow(LoadTimeout)
    await load.catch(() => undefined)
    expect(aborted).toBe(true)
    await Bun.sleep(200)
    expect(await reports.get(one)).toBeNull()
  })

  test('lets one caller go without ending the load of the others', async () => {
    const reports = open(createNode())
    const controller = new AbortController()
    const load = counting(async () => {
      await Bun.sleep(20)
      return text('x')
    })
    const impatient = reports.getOrLoad(one, load, { signal: controller.signal })
    const patient = reports.getOrLoad(one, load)
    controller.abort(new Error('gone'))
    expect(impatient).rejects.toThrow('gone')
    expect((await patient).value).toEqual(text('x'))
    expect(load.count).toBe(1)
  })
})

describe('age', () => {
  test('what is stale is served while it loads anew, once', async () => {
    const clock = createClock()
    const node = createNode({ now: clock.now })
    const reports = open(node)
    const load = counting()
    await reports.getOrLoad(one, load)
    clock.pass(3_600_001)
    const stale = await Promise.all([1, 2, 3].map(() => reports.getOrLoad(one, load)))
    expect(stale.map(({ status, value }) => [status, value?.text])).toEqual(
      Array.from({ length: 3 }, () => ['STALE', 'load 1']),
    )
    expect(stale[0]?.ageMs).toBe(3_600_001)
    await node.settle()
    expect(load.count).toBe(2)
    expect(await reports.getOrLoad(one, load)).toMatchObject({ status: 'HIT', value: text('load 2') })
  })

  test('what is stale is served as long as loading fails, until its grace is over', async () => {
    const clock = createClock()
    const node = createNode({ now: clock.now })
    const reports = open(node, { grace: '10s' })
    await reports.getOrLoad(one, counting())
    const fail = counting(() => {
      throw new Error('no')
    })
    clock.pass(3_600_001)
    expect((await reports.getOrLoad(one, fail)).status).toBe('STALE')
    await node.settle()
    expect((await reports.getOrLoad(one, fail)).status).toBe('STALE')
    await node.settle()
    // It is not tried again at once.
    expect(fail.count).toBe(1)
    clock.pass(5000)
    await reports.getOrLoad(one, fail)
    await node.settle()
    expect(fail.count).toBe(2)
    clock.pass(5001)
    expect(reports.getOrLoad(one, fail)).rejects.toThrow('no')
  })

  test('entries that were loaded together do not end together', async () => {
    const clock = createClock()
    let share = 0
    const node = createNode({ now: clock.now, random: () => (share = (share + 0.37) % 1) })
    const reports = open(node, { grace: '1ms' })
    for (let id = 0; id < 100; id++) await reports.getOrLoad({ id: String(id) }, counting())
    clock.pass(0.95 * 3_600_000)
    let left = 0
    for (let id = 0; id < 100; id++) if (await reports.get({ id: String(id) })) left++
    expect(left).toBeWithin(30, 70)
  })

  test('nothing is remembered for a time of its own, where it is declared', async () => {
    const clock = createClock()
    const node = createNode({ now: clock.now })
    const load = counting(() => null)
    const remembering = open(node, { negativeTtl: '5s' })
    expect(await remembering.getOrLoad(one, load)).toMatchObject({ value: null, status: 'MISS' })
    expect(await remembering.getOrLoad(one, load)).toMatchObject({ value: null, status: 'HIT' })
    clock.pass(5001)
    await remembering.getOrLoad(one, load)
    expect(load.count).toBe(2)
    const forgetful = open(createNode())
    await forgetful.getOrLoad(one, load)
    await forgetful.getOrLoad(one, load)
    expect(load.count).toBe(4)
  })

  test('a loader says how long its value is fresh, or that it is not to be kept', async () => {
    const clock = createClock()
    const node = createNode({ now: clock.now })
    const reports = open(node)
    await reports.getOrLoad(one, ({ ttl }) => {
      ttl(1000)
      return text('short')
    })
    clock.pass(1001)
    expect((await reports.get(one))?.status).toBe('STALE')
    await reports.getOrLoad({ id: '2' }, ({ doNotKeep }) => {
      doNotKeep()
      return text('once')
    })
    expect(await reports.get({ id: '2' })).toBeNull()
  })
})

describe('invalidation', () => {
  test('by an announced change reaches the entry, and no other', async () => {
    const node = createNode()
    const reports = open(node)
    const load = counting()
    await reports.getOrLoad(one, load)
    await reports.getOrLoad({ id: '2' }, load)
    await (await node.announce([['report.changed:{id}', one]])).settled()
    expect((await reports.getOrLoad(one, load)).status).toBe('MISS')
    expect((await reports.getOrLoad({ id: '2' }, load)).status).toBe('HIT')
  })

  test('by a tag that the loader found out', async () => {
    const node = createNode()
    const reports = open(node)
    await reports.getOrLoad(one, ({ tag }) => {
      tag('author:ann')
      return text('x')
    })
    await node.invalidate(['author:bob'])
    expect(await reports.get(one)).not.toBeNull()
    await node.invalidate(['author:ann'])
    expect(await reports.get(one)).toBeNull()
  })

  test('keeps a load that was under way from writing, and its value from those who come after', async () => {
    const node = createNode()
    const reports = open(node)
    const gate = Promise.withResolvers<{ text: string }>()
    const before = reports.getOrLoad(one, () => gate.promise)
    await Bun.sleep(1)
    await node.invalidate(['report.changed:1'])
    const after = reports.getOrLoad(
      one,
      counting(() => text('new')),
    )
    gate.resolve(text('old'))
    expect((await before).value).toEqual(text('old'))
    expect((await after).value).toEqual(text('new'))
    expect((await reports.getOrLoad(one, counting())).value).toEqual(text('new'))
    expect(node.statistics.of('test.reports').fenced).toBe(1)
  })

  test('is stronger than grace: what was invalidated is not served though loading fails', async () => {
    const node = createNode()
    const reports = open(node)
    await reports.getOrLoad(one, counting())
    await node.invalidate(['report.changed:1'])
    expect(
      reports.getOrLoad(one, () => {
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
  })

  test('of one key, and of a namespace at once', async () => {
    const node = createNode()
    const reports = open(node)
    const load = counting()
    await reports.getOrLoad(one, load)
    await reports.getOrLoad({ id: '2' }, load)
    await reports.delete(one)
    expect(await reports.get(one)).toBeNull()
    expect(await reports.get({ id: '2' })).not.toBeNull()
    await reports.clear()
    expect(await reports.get({ id: '2' })).toBeNull()
    expect((await reports.getOrLoad({ id: '2' }, load)).status).toBe('MISS')
    expect((await reports.getOrLoad({ id: '2' }, load)).status).toBe('HIT')
  })

  test('that is not heard makes the cache stand aside', async () => {
    let trusted = true
    const local = createLocalInvalidation()
    const invalidation: Invalidation = { ...local, isTrusted: () => trusted }
    const tier = createFakeTier('redis')
    const node = createNode({ invalidation, tiers: { redis: tier }, phase: 'redis-only' })
    const reports = open(node)
    const load = counting()
    await reports.getOrLoad(one, load)
    trusted = false
    expect(await reports.getOrLoad(one, load)).toMatchObject({
      status: 'MISS',
      value: text('load 2'),
      reason: 'loaded: invalidations are not heard',
    })
    trusted = true
    // What was loaded meanwhile was not kept.
    expect((await reports.getOrLoad(one, load)).value).toEqual(text('load 1'))
  })
})

describe('shared tiers', () => {
  const twoNodes = (phase: 'redis-only' | 'dual-write' = 'redis-only') => {
    const invalidation = createLocalInvalidation()
    const redis = createFakeTier('redis')
    const postgres = createFakeTier('postgres')
    const nodes = [1, 2].map(() => createNode({ invalidation, tiers: { redis, postgres }, phase }))
    return { redis, postgres, nodes: nodes as [CacheSystem, CacheSystem] }
  }

  test('one node’s load is another’s hit', async () => {
    const { nodes } = twoNodes()
    const load = counting()
    await open(nodes[0]).getOrLoad(one, load)
    await nodes[0].settle()
    const other = open(nodes[1])
    expect(await other.getOrLoad(one, load)).toMatchObject({ status: 'HIT', tier: 'redis' })
    expect(await other.getOrLoad(one, load)).toMatchObject({ status: 'HIT', tier: 'memory' })
    expect(load.count).toBe(1)
  })

  test('one load runs for all nodes that miss at once', async () => {
    const { nodes } = twoNodes()
    const load = counting(async () => {
      await Bun.sleep(30)
      return text('x')
    })
    const reads = await Promise.all(nodes.map((node) => open(node).getOrLoad(one, load)))
    expect(load.count).toBe(1)
    expect(reads.map(({ value }) => value)).toEqual([text('x'), text('x')])
  })

  test('what one node invalidates, no node serves', async () => {
    const { nodes } = twoNodes()
    const [first, second] = nodes.map((node) => open(node)) as [
      ReturnType<typeof open>,
      ReturnType<typeof open>,
    ]
    const load = counting()
    await first.getOrLoad(one, load)
    await nodes[0].settle()
    await second.getOrLoad(one, load)
    await nodes[0].invalidate(['report.changed:1'])
    expect((await second.getOrLoad(one, load)).value).toEqual(text('load 2'))
  })

  test('what only the second tier has is promoted to the first', async () => {
    const { redis, nodes } = twoNodes('dual-write')
    await open(nodes[0]).getOrLoad(one, counting())
    await nodes[0].settle()
    redis.entries.clear()
    expect(await open(nodes[1]).getOrLoad(one, counting())).toMatchObject({ status: 'HIT', tier: 'postgres' })
    await nodes[1].settle()
    expect(redis.entries.size).toBe(1)
  })

  test('a tier that fails is no error to anybody', async () => {
    const { redis, nodes } = twoNodes('dual-write')
    redis.broken = true
    const load = counting()
    await open(nodes[0]).getOrLoad(one, load)
    await nodes[0].settle()
    expect(await open(nodes[1]).getOrLoad(one, load)).toMatchObject({ status: 'HIT', tier: 'postgres' })
    const alone = createNode({ tiers: { redis }, phase: 'redis-only' })
    expect((await open(alone).getOrLoad(one, load)).status).toBe('MISS')
  })

  test('an entry that the schema refuses is none', async () => {
    const { redis, nodes } = twoNodes()
    await open(nodes[0]).getOrLoad(one, counting())
    await nodes[0].settle()
    const [entry] = redis.entries.values()
    // As one of another schema would be: without the tag that says that this one has accepted it.
    const versions = Object.fromEntries(
      Object.entries(entry?.meta.versions ?? {}).filter(([tag]) => !tag.startsWith('shape:')),
    )
    if (entry) {
      redis.entries.set(entry.key, { ...entry, meta: { ...entry.meta, versions }, body: '{"text":5}' })
    }
    expect((await open(nodes[1]).getOrLoad(one, counting())).status).toBe('MISS')
    expect(nodes[1].statistics.of('test.reports').invalid).toBe(1)
  })

  test('namespaces that share nothing write nothing', async () => {
    const { redis, nodes } = twoNodes()
    await open(nodes[0], { sharing: 'none' }).getOrLoad(one, counting())
    await nodes[0].settle()
    expect(redis.calls).toEqual({})
  })

  test('stale entries of a shared tier are served while they load anew', async () => {
    const clock = createClock()
    const redis = createFakeTier('redis')
    const node = () => createNode({ now: clock.now, tiers: { redis }, phase: 'redis-only' })
    const [first, second] = [node(), node()]
    const load = counting()
    await open(first).getOrLoad(one, load)
    await first.settle()
    clock.pass(3_600_001)
    const reports = open(second)
    expect(await reports.getOrLoad(one, load)).toMatchObject({ status: 'STALE', tier: 'redis' })
    await second.settle()
    expect(await reports.getOrLoad(one, load)).toMatchObject({ status: 'HIT', value: text('load 2') })
  })

  test('keys say the generation and escape, so that nothing collides', async () => {
    const { redis, nodes } = twoNodes()
    const reports = open(nodes[0])
    await reports.getOrLoad({ id: 'a:b' }, counting())
    await reports.clear()
    await reports.getOrLoad({ id: 'a:b' }, counting())
    await nodes[0].settle()
    expect([...redis.entries.keys()].sort()).toEqual(['myoserve:0:report:a%3Ab', 'myoserve:1:report:a%3Ab'])
  })
})

describe('inputs', () => {
  test('other ones are never served what these gave, and these not what others gave', async () => {
    const redis = createFakeTier('redis')
    const node = createNode({ tiers: { redis }, phase: 'redis-only' })
    const reports = open(node)
    const of = (inputs: string) => reports.getOrLoad(one, async () => text(inputs), { inputs })
    await of('v1')
    expect((await of('v1')).status).toBe('HIT')
    const slow = reports.getOrLoad(
      one,
      async () => {
        await Bun.sleep(10)
        return text('v2')
      },
      { inputs: 'v2' },
    )
    expect((await of('v3')).value).toEqual(text('v3'))
    expect((await slow).value).toEqual(text('v2'))
    await node.settle()
    node.memory.clear()
    expect((await of('v4')).value).toEqual(text('v4'))
    expect(await reports.get(one)).toBeNull()
  })
})

describe('batches', () => {
  const ids = (...some: string[]) => some.map((id) => ({ id }))

  test('ask each tier once, and load what is nowhere with one call', async () => {
    const redis = createFakeTier('redis')
    const node = createNode({ tiers: { redis }, phase: 'redis-only' })
    const reports = open(node)
    await reports.setMany([{ params: { id: '1' }, value: text('one') }])
    node.memory.clear()
    await reports.set({ id: '2' }, text('two'))
    redis.calls.getMany = 0
    const asked: string[][] = []
    const reads = await reports.getMany(ids('1', '2', '3', '4', '3'), async (missing) => {
      asked.push(missing.map(({ id }) => id))
      return missing.map(({ id }) => text(`load ${id}`))
    })
    expect(reads.map(({ value, tier }) => [value?.text, tier])).toEqual([
      ['one', 'redis'],
      ['two', 'memory'],
      ['load 3', 'loader'],
      ['load 4', 'loader'],
      ['load 3', 'loader'],
    ])
    expect(asked).toEqual([['3', '4']])
    expect(redis.calls.getMany).toBe(1)
  })

  test('join loads that are under way, and let others join theirs', async () => {
    const reports = open(createNode())
    const slow = reports.getOrLoad(one, async () => {
      await Bun.sleep(10)
      return text('slow')
    })
    const batch = reports.getMany(ids('1', '2'), async (missing) => {
      await Bun.sleep(10)
      return missing.map(({ id }) => text(`batch ${id}`))
    })
    await Bun.sleep(2)
    const joined = reports.getOrLoad({ id: '2' }, counting())
    expect((await batch).map(({ value }) => value?.text)).toEqual(['slow', 'batch 2'])
    expect((await joined).value).toEqual(text('batch 2'))
    await slow
  })

  test('of nothing load nothing', async () => {
    expect(await open(createNode()).getMany([], () => Promise.reject(new Error('asked')))).toEqual([])
  })

  test('refuse a loader that gives another number of values', async () => {
    const reports = open(createNode())
    expect(reports.getMany(ids('1', '2'), async () => [text('x')])).rejects.toThrow(/1 values for 2 keys/)
    expect((await reports.getOrLoad(one, counting())).status).toBe('MISS')
  })
})

describe('memory', () => {
  test('keeps its bytes within the bound', async () => {
    const node = createNode({ memoryBytes: 20_000 })
    const reports = open(node)
    const read = (id: number) => reports.getOrLoad({ id: String(id) }, () => text('x'.repeat(500)))
    await read(100)
    const each = node.memory.bytes
    expect(each).toBeWithin(1000, 2500)
    for (let id = 101; id < 300; id++) await read(id)
    expect(node.memory.bytes).toBeLessThanOrEqual(20_000)
    expect(node.memory.count).toBe(Math.floor(20_000 / each))
  })

  test('values over the limit of their namespace are served and not kept', async () => {
    const node = createNode()
    const reports = open(node, { maxBytes: 100 })
    expect((await reports.getOrLoad(one, () => text('x'.repeat(200)))).value?.text).toHaveLength(200)
    expect(await reports.get(one)).toBeNull()
    expect(node.statistics.of('test.reports').refused).toBe(1)
  })
})
