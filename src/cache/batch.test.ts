/** A batch gives each place what a read of its key alone gives, whatever has become of the entries. */
import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import * as v from 'valibot'
import { openCaches } from './cache.ts'
import { decodeEntries, encodeEntry } from './codec/codec.ts'
import { createClock, createFakeTier, createNode } from './fixtures.ts'
import { createLocalInvalidation } from './invalidation/invalidation.ts'
import { namespace } from './namespace.ts'
import { isTierFailure } from './tiers/tier.ts'

/** With tags that differ from entry to entry, or with the same for all but that of the own key. */
const spaces = (isTagged: boolean) => ({
  reports: namespace({
    key: 'report:{id}',
    ttl: '1h',
    grace: '1h',
    negativeTtl: '1h',
    tags: isTagged ? ['report.changed:{id}'] : [],
    schema: v.nullable(v.object({ text: v.string() })),
  }),
})

/** What has become of a key before it is read. */
const FATES = [
  'nowhere',
  'in memory',
  'in memory, stale',
  'in memory, gone',
  'in memory, outdated',
  'in redis',
  'in redis, stale',
  'in redis, gone',
  'in redis, outdated',
  'in redis, forgotten by key',
  'in redis, corrupt',
  'in redis, of another schema',
  'nothing in memory',
  'nothing in redis',
  'in flight',
] as const
type Fate = (typeof FATES)[number]

const HOUR = 3_600_000

/** A tier that keeps bytes, as Redis does. */
function createByteTier() {
  const bytes = new Map<string, Buffer>()
  const corrupt: string[] = []
  const tier = {
    ...createFakeTier('redis'),
    getMany: async (keys: readonly string[]) => {
      tier.trips++
      await Bun.sleep(0)
      const encoded = keys.map((key) => bytes.get(key) ?? null)
      return decodeEntries(keys, encoded).map((entry, i) => {
        if (entry === null && encoded[i]) {
          corrupt.push(keys[i] as string)
          bytes.delete(keys[i] as string)
        }
        return entry
      })
    },
    setMany: async (entries: ReadonlyArray<Parameters<typeof encodeEntry>[0]>) => {
      for (const entry of entries) bytes.set(entry.key, encodeEntry(entry))
    },
    trips: 0,
  }
  return { tier, bytes, corrupt }
}

/** A node on a tier with keys of these fates, and one load under way for each that is in flight. */
async function arrange(fates: readonly Fate[], isTagged = true) {
  const clock = createClock()
  const { tier, bytes, corrupt } = createByteTier()
  const invalidation = createLocalInvalidation()
  const node = createNode({ now: clock.now, invalidation, tiers: { redis: tier }, phase: 'redis-only' })
  const { reports } = openCaches(node, 'test', spaces(isTagged))
  const idsOf = (...some: Fate[]) => fates.flatMap((fate, i) => (some.includes(fate) ? [`${i}`] : []))
  const wireOf = (id: string) => `myoserve:0:report:${id}`
  const fill = async (...some: Fate[]) => {
    for (const id of idsOf(...some)) {
      const value = fates[Number(id)]?.startsWith('nothing') ? null : { text: `kept ${id} ü` }
      await reports.set({ id }, value)
    }
  }
  await fill('in memory, gone', 'in redis, gone')
  clock.pass(HOUR)
  await fill('in memory, stale', 'in redis, stale')
  clock.pass(HOUR)
  await fill(
    'in memory',
    'in memory, outdated',
    'in redis',
    'in redis, outdated',
    'in redis, forgotten by key',
  )
  await fill('in redis, corrupt', 'in redis, of another schema', 'nothing in memory', 'nothing in redis')
  for (const id of idsOf('in memory, outdated', 'in redis, outdated')) {
    await node.invalidate([isTagged ? `report.changed:${id}` : `key:${wireOf(id)}`])
  }
  for (const id of idsOf('in redis, forgotten by key')) await node.invalidate([`key:${wireOf(id)}`])
  for (const [i, fate] of fates.entries()) {
    if (fate.includes('redis')) node.memory.delete(wireOf(`${i}`))
    else bytes.delete(wireOf(`${i}`))
  }
  for (const id of idsOf('in redis, corrupt')) {
    const entry = bytes.get(wireOf(id)) as Buffer
    entry[entry.length >> 1] = (entry[entry.length >> 1] as number) ^ 1
  }
  for (const id of idsOf('in redis, of another schema')) {
    const [entry] = decodeEntries([wireOf(id)], [bytes.get(wireOf(id)) as Buffer])
    if (!entry) throw new Error('it was written')
    const versions = Object.fromEntries(
      Object.entries(entry.meta.versions).filter(([tag]) => !tag.startsWith('shape:')),
    )
    bytes.set(entry.key, encodeEntry({ ...entry, meta: { ...entry.meta, versions }, body: '{"text":5}' }))
  }
  const flying = idsOf('in flight').map((id) =>
    reports.getOrLoad({ id }, async () => {
      await Bun.sleep(3)
      return { text: `flown ${id}` }
    }),
  )
  const load = async (id: string) => ({ text: `loaded ${id}` })
  tier.trips = 0
  return { node, reports, corrupt, flying, load, tier }
}

type Arranged = Awaited<ReturnType<typeof arrange>>

/** All that reads count, but how many loads that took, and how long. */
async function countersOf({ node, flying }: Arranged) {
  await Promise.all(flying)
  await node.settle()
  const { hits, stale, misses, failures, refused, fenced, invalid, bytesLoaded } =
    node.statistics.of('test.reports')
  return { hits, stale, misses, failures, refused, fenced, invalid, bytesLoaded }
}

/** Why a value was loaded is told otherwise: with which others, or after what. */
const seen = ({
  value,
  status,
  tier,
  ageMs,
  reason,
}: Awaited<ReturnType<Arranged['reports']['getOrLoad']>>) => ({
  value,
  status,
  tier,
  ageMs,
  reason: tier === 'loader' ? 'loaded' : reason,
})

/** What a read of a key of this fate comes to. */
function outcomeOf(fate: Fate): string[] {
  const tier = fate.includes('memory') ? 'memory' : 'redis'
  if (fate.endsWith('stale')) return ['STALE', tier]
  return ['in memory', 'in redis', 'nothing in memory', 'nothing in redis'].includes(fate)
    ? ['HIT', tier]
    : ['MISS', 'loader']
}

/** Lets what is done behind an answer be done. */
const turns = () => Bun.sleep(2)

describe('a batch', () => {
  test('gives value, provenance and counts as reads one by one do, and leaves the same behind', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...FATES), { maxLength: 24 }),
        fc.boolean(),
        async (fates, isTagged) => {
          const [together, alone] = await Promise.all([arrange(fates, isTagged), arrange(fates, isTagged)])
          const list = fates.map((_, i) => ({ id: `${i}` }))
          const asked: string[] = []
          const batch = await together.reports.getMany(list, async (missing) => {
            asked.push(...missing.map(({ id }) => id))
            return Promise.all(missing.map(({ id }) => together.load(id)))
          })
          const each = await Promise.all(
            list.map(({ id }) => alone.reports.getOrLoad({ id }, () => alone.load(id))),
          )
          expect(batch.map(seen)).toEqual(each.map(seen))
          expect(batch.map(({ status, tier }): string[] => [status, tier])).toEqual(fates.map(outcomeOf))
          expect(await countersOf(together)).toEqual(await countersOf(alone))
          expect(together.corrupt.toSorted()).toEqual(alone.corrupt.toSorted())
          // Each key is asked for once, be it to answer or to refresh.
          expect(new Set(asked).size).toBe(asked.length)
          await turns()
          const [after, afterAlone] = await Promise.all(
            [together, alone].map(({ reports }) => Promise.all(list.map((params) => reports.get(params)))),
          )
          const kept = (reads: typeof after) =>
            reads?.map((read) => read && [read.value, read.status, read.tier])
          expect(kept(after)).toEqual(kept(afterAlone))
        },
      ),
      { numRuns: 150 },
    )
  })

  test('takes one round trip for what is fresh, however much of it', async () => {
    const { reports, tier } = await arrange(Array<Fate>(50).fill('in redis'))
    const list = Array.from({ length: 50 }, (_, i) => ({ id: `${i}` }))
    await reports.getMany(list, () => Promise.reject(new Error('asked')))
    expect(tier.trips).toBe(1)
  })

  test('asks the second tier only for what the first one has not', async () => {
    const tiers = { redis: createFakeTier('redis'), postgres: createFakeTier('postgres') }
    const node = createNode({ tiers, phase: 'dual-write' })
    const { reports } = openCaches(node, 'test', spaces(true))
    const list = ['0', '1', '2'].map((id) => ({ id }))
    await reports.setMany(list.map((params) => ({ params, value: { text: params.id } })))
    node.memory.clear()
    const read = async () => {
      const reads = await reports.getMany(list, () => Promise.reject(new Error('asked')))
      return reads.map(({ tier }) => tier)
    }
    expect(await read()).toEqual(['redis', 'redis', 'redis'])
    expect(tiers.postgres.calls.getMany).toBeUndefined()
    tiers.redis.entries.delete('myoserve:0:report:1')
    await turns()
    node.memory.clear()
    const asked: Array<readonly string[]> = []
    const { getMany } = tiers.postgres
    tiers.postgres.getMany = (keys) => {
      asked.push(keys)
      return getMany(keys)
    }
    expect(await read()).toEqual(['redis', 'postgres', 'redis'])
    expect(asked).toEqual([['myoserve:0:report:1']])
  })

  test('gives a key that comes twice the same twice, and loads it once', async () => {
    const { reports, load } = await arrange(['nowhere', 'in redis'])
    const asked: string[] = []
    const list = ['0', '1', '0', '1', '0'].map((id) => ({ id }))
    const reads = await reports.getMany(list, async (missing) => {
      asked.push(...missing.map(({ id }) => id))
      return Promise.all(missing.map(({ id }) => load(id)))
    })
    expect(reads.map(({ value }) => value?.text)).toEqual([
      'loaded 0',
      'kept 1 ü',
      'loaded 0',
      'kept 1 ü',
      'loaded 0',
    ])
    expect(asked).toEqual(['0'])
  })

  test('joins a load that another began while the tiers were asked', async () => {
    const { reports, load } = await arrange(['nowhere'])
    const batches = [1, 2].map(() =>
      reports.getMany([{ id: '0' }], async () => {
        loads++
        await Bun.sleep(5)
        return [await load('0')]
      }),
    )
    let loads = 0
    await Promise.all(batches)
    expect(loads).toBe(1)
  })

  test('serves what is stale though the load of the rest of its kind fails, and tries again later', async () => {
    const { reports, node } = await arrange(['in redis, stale', 'in memory, stale'])
    const list = [{ id: '0' }, { id: '1' }]
    let loads = 0
    const fail = async () => {
      loads++
      throw new Error('no')
    }
    for (let i = 0; i < 2; i++) {
      expect((await reports.getMany(list, fail)).map(({ status }) => status)).toEqual(['STALE', 'STALE'])
      await node.settle()
    }
    expect(loads).toBe(1)
  })

  test('fails as a whole where its load fails, and counts what it did not answer', async () => {
    const { reports, node } = await arrange(['nowhere', 'in memory', 'nowhere'])
    const list = ['0', '1', '2'].map((id) => ({ id }))
    const failed = await reports.getMany(list, () => Promise.reject(new Error('no'))).catch((error) => error)
    expect(isTierFailure(failed)).toBe(false)
    expect(String(failed)).toMatch(/no/)
    expect(node.statistics.of('test.reports')).toMatchObject({ failures: 2, loadFailures: 1 })
  })

  test('does not put what it read over what has come into memory since', async () => {
    const { reports } = await arrange(['in redis'])
    await reports.getMany([{ id: '0' }], () => Promise.reject(new Error('asked')))
    await reports.set({ id: '0' }, { text: 'newer' })
    await turns()
    expect((await reports.get({ id: '0' }))?.value?.text).toBe('newer')
  })

  test('gives no reader what another one could change', async () => {
    const { reports } = await arrange(['in redis'])
    const read = async () =>
      (await reports.getMany([{ id: '0' }], () => Promise.reject(new Error('asked'))))[0]
    const mine = (await read())?.value as { text: string }
    if (!Object.isFrozen(mine)) mine.text = 'spoilt'
    await turns()
    expect((await read())?.value?.text).toBe('kept 0 ü')
  })
})
