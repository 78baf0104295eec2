/** The PostgreSQL tier against a real server: what it keeps, what it refuses, and how it fails. */
import { afterAll, beforeAll, beforeEach, describe, expect, setDefaultTimeout, test } from 'bun:test'
import fc from 'fast-check'
import type { EntryMeta, StoredEntry } from '../../src/cache/entry.ts'
import { createPostgresTier, type PostgresTier } from '../../src/cache/tiers/postgres.ts'
import { isTierFailure } from '../../src/cache/tiers/tier.ts'
import { connectDatabase, type DatabaseConnection } from '../../src/database/connection.ts'
import { hostMigrations } from '../../src/database/host-migrations.ts'
import { applyMigrations } from '../../src/database/migrations.ts'
import { startTestDatabases, type TestDatabases } from '../support/database.ts'
import { startSilentProxy } from '../support/silent-proxy.ts'

setDefaultTimeout(60_000)

let databases: TestDatabases
let url: string
let database: DatabaseConnection
let tier: PostgresTier
beforeAll(async () => {
  databases = await startTestDatabases()
  url = await databases.create()
  database = connectDatabase({ url })
  await applyMigrations(database.sql, [hostMigrations])
  tier = createPostgresTier({ database })
})
afterAll(async () => {
  await tier.close()
  await database.close()
  await databases.stop()
})
beforeEach(() => database.sql`truncate myoserve.analytics_cache`.then(() => undefined))

const meta = (rest: Partial<EntryMeta> = {}): EntryMeta => ({
  createdAt: Date.now(),
  freshUntil: Date.now() + 60_000,
  keptUntil: Date.now() + 120_000,
  versions: { 'session:7': 1_790_000_000_000_001 },
  inputs: null,
  negative: false,
  ...rest,
})
const entry = (
  key: string,
  body: StoredEntry['body'] = '{"a":1}',
  rest?: Partial<EntryMeta>,
): StoredEntry => ({
  key,
  namespace: 'test.things',
  meta: meta(rest),
  body,
})
const rows = async (): Promise<number> =>
  (await database.sql<[{ n: number }]>`select count(*)::int as n from myoserve.analytics_cache`)[0].n
const failure = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (isTierFailure(error) ? error.reason : error),
  )

describe('entries', () => {
  test('come back as they were written, in the order of the keys, null for what is not there', async () => {
    const one = entry('one', '{"b":[1,2.5,null],"a":"x"}', { inputs: 'sha256:1' })
    const two = entry('two', new Uint8Array([0, 255, 7]), { negative: true, versions: {} })
    await tier.setMany([one, two])
    const [second, none, first] = await tier.getMany(['two', 'three', 'one'])
    expect(second).toEqual({ ...two, body: Buffer.from([0, 255, 7]) })
    expect(none).toBeNull()
    expect({ ...first, body: '' }).toEqual({ ...one, body: '' })
    expect(JSON.parse(first?.body as string)).toEqual({ b: [1, 2.5, null], a: 'x' })
  })

  test('of any JSON, NUL and half pairs among it, any bytes and any tags come back', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 30 })
    const odd = fc.oneof(text, fc.constantFrom('\0', 'a\u0000b', '\ud800', '\udc00x', '\\u0000', '__proto__'))
    const value = fc.oneof(
      fc.jsonValue(),
      odd,
      fc.dictionary(odd, fc.double({ noNaN: true, noDefaultInfinity: true })),
    )
    const body = fc.oneof(
      value.map((each) => JSON.stringify(each)),
      fc.uint8Array({ maxLength: 300 }),
    )
    const versions = fc.dictionary(
      fc.string({ minLength: 1, unit: 'grapheme', maxLength: 20 }).filter((tag) => !tag.includes('\0')),
      fc.nat(Number.MAX_SAFE_INTEGER),
    )
    const stored = fc.record({
      body,
      versions,
      negative: fc.boolean(),
      inputs: fc.option(fc.constant('f:1')),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(stored, { minLength: 1, maxLength: 8 }), async (list) => {
        const entries = list.map(({ body, ...rest }, i) => entry(`any:${i}`, body, rest))
        await tier.setMany(entries)
        const found = await tier.getMany(entries.map(({ key }) => key))
        for (const [i, each] of entries.entries()) {
          expect(found[i]?.meta).toEqual(each.meta)
          if (typeof each.body === 'string') {
            expect(JSON.parse(found[i]?.body as string)).toEqual(JSON.parse(each.body))
          } else expect(found[i]?.body).toEqual(Buffer.from(each.body))
        }
      }),
      { numRuns: 60 },
    )
    expect(tier.counters().corrupt).toBe(0)
  })

  test('are replaced by those that come later, also within one batch', async () => {
    await tier.setMany([entry('k', '1'), entry('k', '2')])
    expect((await tier.getMany(['k']))[0]?.body).toBe('2')
    await tier.setMany([entry('k', new Uint8Array([3]))])
    expect((await tier.getMany(['k']))[0]?.body).toEqual(Buffer.from([3]))
    expect(await rows()).toBe(1)
  })

  test('that many writers write at once, in any order, lock nobody out', async () => {
    const keys = Array.from({ length: 50 }, (_, i) => `k${i}`)
    await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        tier.setMany((n % 2 ? keys : keys.toReversed()).map((key) => entry(key, String(n)))),
      ),
    )
    expect(await tier.deleteMany(keys)).toBe(50)
  })

  test('that are over are not read; a sweep removes them, and only them', async () => {
    await tier.setMany(
      Array.from({ length: 1200 }, (_, i) => entry(`old:${i}`, '1', { keptUntil: Date.now() + 150 })),
    )
    await tier.setMany([entry('new'), entry('never', '1', { keptUntil: Date.now() - 1 })])
    expect(await rows()).toBe(1201)
    await Bun.sleep(200)
    expect(await tier.getMany(['old:0', 'new'])).toEqual([null, expect.anything()])
    expect(await tier.sweep()).toBe(1200)
    expect(await rows()).toBe(1)
  })

  test.each([
    ['value', `value = '{"a":2}'`],
    ['tags', `tags = '{}'`],
    ['lifetime', `kept_until = kept_until + interval '1 day'`],
    ['inputs', `inputs = 'other'`],
    ['key', `key = 'k2'`],
    ['checksum', `checksum = '\\x00'`],
  ])('whose %s somebody edits are none, and remove themselves', async (_, change) => {
    await tier.setMany([entry('k')])
    const before = tier.counters().corrupt
    await database.sql.unsafe(`update myoserve.analytics_cache set ${change}`)
    expect(await tier.getMany(['k', 'k2'])).toEqual([null, null])
    expect(tier.counters().corrupt).toBe(before + 1)
    while ((await rows()) > 0) await Bun.sleep(5)
  })

  test('that are too large are counted and not written', async () => {
    const small = createPostgresTier({ database, maxBodyBytes: 100 })
    await small.setMany([entry('large', JSON.stringify('x'.repeat(100))), entry('small')])
    expect((await small.getMany(['large', 'small'])).map((each) => each?.key)).toEqual([undefined, 'small'])
    expect(small.counters().tooLarge).toBe(1)
    await small.close()
  })

  test('are found by the beginning of their keys, page by page', async () => {
    const keys = ['a:1', 'a:2', 'a:ä', 'a:%', 'a:_x', 'b:1', 'a', 'A:1']
    await tier.setMany([
      ...keys.map((key) => entry(key)),
      entry('a:over', '1', { keptUntil: Date.now() + 20 }),
    ])
    await Bun.sleep(30)
    const found: string[] = []
    let pages = 0
    for (let cursor: string | null = null; pages === 0 || cursor !== null; pages++) {
      const page = await tier.scan('a:', cursor, 2)
      found.push(...page.keys)
      cursor = page.cursor
    }
    expect(found.toSorted()).toEqual(['a:1', 'a:2', 'a:ä', 'a:%', 'a:_x'].toSorted())
    expect(pages).toBe(3)
    expect((await tier.scan('', null, 100)).keys).toHaveLength(8)
  })

  test('are found by their index among 20,000', async () => {
    await database.sql`
      insert into myoserve.analytics_cache
      select 'k:' || i, 'n', 'json', '1', null, '{}', null, now(), now(), now() + interval '1 h', false, 1, '' from generate_series(1, 20000) i`
    await database.sql`analyze myoserve.analytics_cache`
    const plan = await database.sql`
      explain select 1 from myoserve.analytics_cache
      where key = any (array(select json_array_elements_text(${'["k:1","k:2"]'}::text::json)))`
    expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toMatch(/analytics_cache_pkey/)
  })
})

describe('leases', () => {
  test('are given to one of many; released, to the next', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => tier.acquire('lease', 10_000)))
    const given = all.filter((lease) => lease !== null)
    expect(given).toHaveLength(1)
    await given[0]?.release()
    const next = await tier.acquire('lease', 10_000)
    await given[0]?.release()
    expect(await tier.acquire('lease', 10_000)).toBeNull()
    await next?.release()
  })

  test('end by themselves, and are swept', async () => {
    await tier.acquire('short', 50)
    expect(await tier.acquire('short', 50)).toBeNull()
    await Bun.sleep(70)
    expect(await tier.acquire('short', 50)).not.toBeNull()
    await Bun.sleep(70)
    await tier.sweep()
    expect(await database.sql`select 1 from myoserve.cache_leases`).toHaveLength(0)
  })
})

describe('a server that fails', () => {
  test('frozen: each call ends in time, the breaker opens at the third, and a thawed one is used again', async () => {
    await tier.setMany([entry('k')])
    const thaw = databases.freeze()
    try {
      const start = performance.now()
      expect(await Promise.all([failure(tier.getMany(['k'])), failure(tier.setMany([entry('l')]))])).toEqual([
        'timeout',
        'timeout',
      ])
      expect(await failure(tier.acquire('k', 1000))).toBe('timeout')
      expect(performance.now() - start).toBeLessThan(2 * 600)
      expect(tier.isAvailable()).toBe(false)
      expect(tier.state()).toMatchObject({ id: 'postgres', breaker: 'open' })
      const refused = performance.now()
      expect(await failure(tier.getMany(['k']))).toBe('open')
      expect(performance.now() - refused).toBeLessThan(20)
    } finally {
      thaw()
    }
    const thawed = performance.now()
    while ((await failure(tier.getMany(['k']))) !== null) await Bun.sleep(20)
    expect(performance.now() - thawed).toBeLessThan(5000)
    expect((await tier.getMany(['k']))[0]?.key).toBe('k')
    expect(tier.state().breaker).toBe('closed')
  })

  test('silent behind a proxy: new connections take the place of those that never answer', async () => {
    const proxy = await startSilentProxy(url)
    const far = connectDatabase({ url: proxy.url })
    const behind = createPostgresTier({ database: far, breaker: { failures: 100 } })
    await behind.setMany([entry('k')])
    proxy.hold = 'all'
    expect(await failure(behind.getMany(['k']))).toBe('timeout')
    // What was sent stays lost; only new connections get through.
    proxy.cut()
    proxy.hold = 'nothing'
    expect((await behind.getMany(['k']))[0]?.key).toBe('k')
    await behind.close()
    await far.close()
    await proxy.close()
  })

  test('its connections terminated: at most the calls under way fail, and the next ones do not', async () => {
    await tier.setMany([entry('k')])
    for (let i = 0; i < 10; i++) {
      await database.sql`
        select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()`
      const outcome = await failure(tier.getMany(['k']))
      expect(outcome === null || outcome === 'offline').toBe(true)
      while (!tier.isAvailable()) await Bun.sleep(20)
    }
    while ((await failure(tier.getMany(['k']))) !== null) await Bun.sleep(20)
    expect((await tier.getMany(['k']))[0]?.key).toBe('k')
  })

  test('its tables missing: refused, without opening the breaker', async () => {
    const empty = connectDatabase({ url: await databases.create() })
    const without = createPostgresTier({ database: empty })
    for (let i = 0; i < 5; i++) expect(await failure(without.getMany(['k']))).toBe('refused')
    expect(without.state()).toMatchObject({
      breaker: 'closed',
      lastFailure: { message: 'its tables are missing' },
    })
    await without.close()
    await empty.close()
  })

  test('out of reach: offline, and it says neither where nor as whom', async () => {
    const nowhere = connectDatabase({ url: 'postgres://clinic:hunter2@127.0.0.1:1/emg' })
    const lost = createPostgresTier({ database: nowhere })
    const error = await lost.getMany(['k']).catch((each: unknown) => each)
    expect(isTierFailure(error) && error.reason).toBe('offline')
    expect(JSON.stringify([lost.state(), String(error)])).not.toMatch(/hunter2|127\.0\.0\.1|clinic/)
    await lost.close()
    await nowhere.close()
  })
})
