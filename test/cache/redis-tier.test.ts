import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import type { StoredEntry } from '../../src/cache/entry.ts'
import type { RedisTier } from '../../src/cache/tiers/redis.ts'
import { startTestRedis, type TestRedis, until } from '../support/redis.ts'
import { closeTiers, entryOf, failureOf, readyTier } from '../support/redis-entries.ts'
import { REDIS_SERVER, redisNote } from '../support/redis-server.ts'

/** Calls of each command since the last reset, by what the server counts. */
async function commandsOf(redis: TestRedis): Promise<Map<string, number>> {
  const text = String(await redis.command('INFO', 'commandstats'))
  return new Map(
    [...text.matchAll(/cmdstat_([^:]+):calls=(\d+)/g)].map(([, name, calls]) => [name ?? '', Number(calls)]),
  )
}

describe.skipIf(!REDIS_SERVER)(`the Redis tier${redisNote}`, () => {
  let redis: TestRedis
  let tier: RedisTier
  const observed: string[] = []

  beforeAll(async () => {
    redis = await startTestRedis()
  })
  beforeEach(async () => {
    await redis.command('FLUSHALL')
    observed.length = 0
    tier = await readyTier({
      url: redis.url,
      observe: (operation, _, outcome) => observed.push(`${operation} ${outcome}`),
    })
  })
  afterEach(closeTiers)
  afterAll(() => redis?.stop())

  test('gives back text and bytes in the order of the keys, and null for what is not there', async () => {
    const signal = new Uint8Array(Float32Array.from({ length: 5000 }, (_, i) => Math.sin(i)).buffer)
    const entries = [
      entryOf('a:text', '{"name":"Übung"}'),
      entryOf('a:bytes', signal),
      entryOf('a:empty', ''),
    ]
    await tier.setMany(entries)
    const [bytes, none, empty, text] = await tier.getMany(['a:bytes', 'a:none', 'a:empty', 'a:text'])
    expect(none).toBeNull()
    expect(text).toEqual(entries[0] as StoredEntry)
    expect(empty?.body).toBe('')
    expect(bytes?.meta).toEqual((entries[1] as StoredEntry).meta)
    expect(Buffer.from(bytes?.body as Uint8Array).equals(signal)).toBe(true)
    expect(await tier.getMany([])).toEqual([])
  })

  test('reads a hundred keys by one MGET, and never uses KEYS', async () => {
    const keys = Array.from({ length: 100 }, (_, i) => `batch:${i}`)
    await tier.setMany(keys.map((key) => entryOf(key)))
    await redis.command('CONFIG', 'RESETSTAT')
    expect((await tier.getMany(keys)).every((entry) => entry !== null)).toBe(true)
    await tier.scan('batch:', null, 10)
    await tier.deleteMany(keys)
    const commands = await commandsOf(redis)
    expect(commands.get('mget')).toBe(1)
    expect(commands.get('unlink')).toBe(1)
    expect(commands.has('keys')).toBe(false)
    expect(commands.has('get')).toBe(false)
  })

  test('lets Redis forget an entry when it is kept no longer', async () => {
    await tier.setMany([
      entryOf('t:long', '1', 50_000),
      entryOf('t:short', '1', 60),
      entryOf('t:over', '1', -5),
    ])
    expect(Number(await redis.command('PTTL', 't:long'))).toBeWithin(40_000, 50_001)
    expect(await redis.command('EXISTS', 't:over')).toBe(0)
    await Bun.sleep(80)
    expect(await redis.command('EXISTS', 't:short')).toBe(0)
  })

  test('takes an entry as gone when its time is over, though Redis still has it', async () => {
    await tier.setMany([entryOf('t:drift', '1', 80)])
    await redis.command('PERSIST', 't:drift')
    await Bun.sleep(100)
    expect(await tier.getMany(['t:drift'])).toEqual([null])
  })

  test('deletes, and says how many were there', async () => {
    await tier.setMany([entryOf('d:1'), entryOf('d:2')])
    expect(await tier.deleteMany(['d:1', 'd:2', 'd:3'])).toBe(2)
    expect(await tier.deleteMany([])).toBe(0)
    expect(await tier.getMany(['d:1', 'd:2'])).toEqual([null, null])
  })

  test('takes a corrupt entry for none, removes it and counts it', async () => {
    await tier.setMany(['c:bits', 'c:other', 'c:cut', 'c:good'].map((key) => entryOf(key)))
    await redis.command('SETRANGE', 'c:bits', '30', 'X')
    await redis.command('RENAME', 'c:other', 'c:moved')
    await redis.command('SET', 'c:cut', 'not an entry')
    await redis.command('RPUSH', 'c:list', 'of another type')
    const read = await tier.getMany(['c:bits', 'c:moved', 'c:cut', 'c:good', 'c:list'])
    expect(read.map((entry) => entry?.key ?? null)).toEqual([null, null, null, 'c:good', null])
    expect(tier.counters().corrupt).toBe(3)
    await until(async () => (await redis.command('EXISTS', 'c:bits', 'c:moved', 'c:cut')) === 0, 1000)
    await tier.setMany([entryOf('c:list')])
    expect((await tier.getMany(['c:list']))[0]?.key).toBe('c:list')
  })

  test('takes an entry of another release for none, and leaves it alone', async () => {
    await tier.setMany([entryOf('o:1')])
    const { corrupt, otherVersion } = tier.counters()
    await redis.command('SETRANGE', 'o:1', '8', '\u0002')
    const stored = await redis.command('DUMP', 'o:1')
    expect(await tier.getMany(['o:1'])).toEqual([null])
    await Bun.sleep(50)
    expect(await redis.command('DUMP', 'o:1')).toEqual(stored)
    expect(tier.counters()).toMatchObject({ corrupt, otherVersion: otherVersion + 1 })
    await tier.setMany([entryOf('o:1')])
    expect((await tier.getMany(['o:1']))[0]?.key).toBe('o:1')
  })

  test('writes thousands at once, each part by a deadline of its own', async () => {
    const keys = Array.from({ length: 12_000 }, (_, i) => `many:${i}`)
    await tier.setMany(keys.map((key) => entryOf(key)))
    expect(await redis.command('EXISTS', ...keys)).toBe(12_000)
    await tier.setMany(Array.from({ length: 40 }, (_, i) => entryOf(`large:${i}`, 'x'.repeat(1_000_000))))
    expect(await redis.command('EXISTS', 'large:0', 'large:39')).toBe(2)
  })

  test('goes on after Redis was flushed', async () => {
    await tier.setMany([entryOf('f:1')])
    await redis.command('FLUSHALL')
    expect(await tier.getMany(['f:1'])).toEqual([null])
    await tier.setMany([entryOf('f:1')])
    expect((await tier.getMany(['f:1']))[0]?.key).toBe('f:1')
  })

  test('scans the keys of a prefix page by page, each character meaning itself', async () => {
    const keys = Array.from({ length: 3000 }, (_, i) => `scan:[a*]?:${i}`)
    await tier.setMany([...keys, 'scan:[ab]x:1', 'scan:a:1', 'other'].map((key) => entryOf(key)))
    const found = new Set<string>()
    let pages = 0
    let cursor: string | null = null
    do {
      const page = await tier.scan('scan:[a*]?:', cursor, 500)
      for (const key of page.keys) found.add(key)
      cursor = page.cursor
      pages++
    } while (cursor !== null)
    expect([...found].sort()).toEqual(keys.sort())
    expect(pages).toBeGreaterThan(1)
    await expect(tier.scan('scan:', 'DROP', 10)).rejects.toThrow(RangeError)
  })

  test('leases a key to one at a time, and does not list leases as entries', async () => {
    const other = await readyTier({ url: redis.url })
    const lease = await tier.acquire('l:1', 5000)
    expect(lease).not.toBeNull()
    expect(await other.acquire('l:1', 5000)).toBeNull()
    expect(await other.acquire('l:2', 5000)).not.toBeNull()
    expect((await tier.scan('l:', null, 10)).keys).toEqual([])
    await lease?.release()
    expect(await other.acquire('l:1', 5000)).not.toBeNull()
  })

  test('lets only its holder release a lease', async () => {
    const other = await readyTier({ url: redis.url })
    const lost = await tier.acquire('l:1', 30)
    await Bun.sleep(50)
    expect(await other.acquire('l:1', 5000)).not.toBeNull()
    await lost?.release()
    expect(await tier.acquire('l:1', 5000)).toBeNull()
  })

  test('gives one lease to a hundred that ask at once', async () => {
    const leases = await Promise.all(Array.from({ length: 100 }, () => tier.acquire('l:1', 5000)))
    expect(leases.filter((lease) => lease !== null)).toHaveLength(1)
  })

  test('neither writes nor reads what is too large', async () => {
    const small = await readyTier({ url: redis.url, maxBodyBytes: 1000 })
    await small.setMany([entryOf('s:large', 'x'.repeat(1001)), entryOf('s:fits', 'x'.repeat(1000))])
    expect((await small.getMany(['s:large', 's:fits'])).map((entry) => entry?.key ?? null)).toEqual([
      null,
      's:fits',
    ])
    expect(small.counters().tooLarge).toBe(1)
  })

  test('reports what Redis says of itself', async () => {
    await redis.setMaxMemory(50_000_000)
    await tier.setMany([entryOf('i:1')])
    await tier.getMany(['i:1', 'i:2'])
    const info = await tier.info()
    await redis.setMaxMemory(0)
    expect(info.maxMemoryBytes).toBe(50_000_000)
    expect(info.usedMemoryBytes).toBeGreaterThan(500_000)
    expect(info.connectedClients).toBeGreaterThanOrEqual(1)
    expect(info.keyspaceHits).toBeGreaterThanOrEqual(1)
    expect(info.keyspaceMisses).toBeGreaterThanOrEqual(1)
    expect(info.version).toMatch(/^\d+\.\d+/)
    expect((await tier.info()).maxMemoryBytes).toBeNull()
  })

  test('counts and tells of every operation', async () => {
    await tier.setMany([entryOf('n:1')])
    await tier.getMany(['n:1'])
    await tier.deleteMany(['n:1'])
    const { operations, bytesRead, bytesWritten } = tier.counters()
    expect(observed).toEqual(['set ok', 'get ok', 'delete ok'])
    expect(operations.get).toEqual({ calls: 1, failures: { timeout: 0, offline: 0, refused: 0, open: 0 } })
    expect(bytesRead).toBe(bytesWritten)
    expect(bytesRead).toBeGreaterThan(50)
  })

  test('keeps to the database of its URL', async () => {
    const third = await readyTier({ url: `${redis.url}/3` })
    await third.setMany([entryOf('db:1')])
    expect(await tier.getMany(['db:1'])).toEqual([null])
    expect((await third.getMany(['db:1']))[0]?.key).toBe('db:1')
  })

  test('works for a user that may do only what it must, and on its own keys only', async () => {
    const commands = ['mget', 'set', 'unlink', 'scan', 'eval', 'get', 'del', 'info', 'ping', 'select']
    const rules = [
      'on',
      '>secret',
      '~myoserve:*',
      'resetchannels',
      '-@all',
      ...commands.map((name) => `+${name}`),
    ]
    await redis.command('ACL', 'SETUSER', 'app', ...rules)
    const app = await readyTier({ url: `redis://app:secret@127.0.0.1:${redis.port}/1` })
    await app.setMany([entryOf('myoserve:1')])
    expect((await app.getMany(['myoserve:1']))[0]?.key).toBe('myoserve:1')
    const lease = await app.acquire('myoserve:1', 5000)
    await lease?.release()
    expect(await app.acquire('myoserve:1', 5000)).not.toBeNull()
    expect((await app.scan('myoserve:', null, 10)).keys).toEqual(['myoserve:1'])
    expect((await app.info()).usedMemoryBytes).toBeGreaterThan(0)
    expect(await failureOf(app.setMany([entryOf('elsewhere')]))).toMatchObject({
      reason: 'refused',
      message: 'Redis: its user may not do this',
    })
    expect(app.state().breaker).toBe('closed')
  })

  test('rejects at once when it is closed', async () => {
    await tier.close()
    expect(tier.isAvailable()).toBe(false)
    expect((await failureOf(tier.getMany(['x']))).reason).toBe('offline')
  })
})
