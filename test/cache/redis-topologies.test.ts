import { afterAll, afterEach, beforeAll, describe, expect, test } from 'bun:test'
import { openServer } from '../../src/cache/redis/server.ts'
import { slotOf } from '../../src/cache/redis/slot.ts'
import { type Certificates, makeCertificates, OPENSSL, opensslNote } from '../support/certificates.ts'
import { startTestRedis, type TestRedis, until } from '../support/redis.ts'
import { closeTiers, entryOf, failureOf, openTier, readyTier } from '../support/redis-entries.ts'
import {
  startTestCluster,
  startTestSentinel,
  type TestCluster,
  type TestSentinel,
} from '../support/redis-groups.ts'
import { REDIS_SERVER, redisNote } from '../support/redis-server.ts'

const keysOf = (ids: number, name: string): string[] =>
  Array.from({ length: ids }, (_, i) => `myoserve:1:session:{${i}}:${name}`)

describe.skipIf(!REDIS_SERVER)(`the Redis tier on a Cluster${redisNote}`, () => {
  let cluster: TestCluster
  const present = async (
    tier: Awaited<ReturnType<typeof readyTier>>,
    keys: readonly string[],
  ): Promise<number> => (await tier.getMany(keys)).filter((entry) => entry !== null).length

  beforeAll(async () => {
    cluster = await startTestCluster()
  })
  afterEach(closeTiers)
  afterAll(() => cluster?.stop())

  test('writes, reads, leases and deletes across all slots', async () => {
    const tier = await readyTier({ url: cluster.url })
    const keys = [...keysOf(100, 'metadata'), ...keysOf(100, 'analysis')]
    await tier.setMany(keys.map((key) => entryOf(key, JSON.stringify(key))))
    const read = await tier.getMany([...keys, 'nowhere'])
    expect(read.map((entry) => entry?.body ?? null)).toEqual([
      ...keys.map((key) => JSON.stringify(key)),
      null,
    ])
    const counts = await Promise.all(cluster.nodes.map(async (node) => Number(await node.command('DBSIZE'))))
    expect(Math.min(...counts)).toBeGreaterThan(20)
    const [first] = keys as [string]
    const lease = await tier.acquire(first, 5000)
    expect(await tier.acquire(first, 5000)).toBeNull()
    await lease?.release()
    expect(await tier.acquire(first, 5000)).not.toBeNull()
    expect(await tier.deleteMany(keys)).toBe(200)
  })

  test('knows the slots that the server knows', async () => {
    const [node] = cluster.nodes as [TestRedis]
    for (const key of ['a', 'session:{42}:x', '{}', 'x{}y', '{a}{b}', 'x{{y}}', 'ключ', 'a{b', '']) {
      expect(slotOf(key)).toBe(Number(await node.command('CLUSTER', 'KEYSLOT', key)))
    }
  })

  test('scans the keys of all nodes', async () => {
    const tier = await readyTier({ url: cluster.url })
    const keys = keysOf(500, 'scanned')
    await tier.setMany(keys.map((key) => entryOf(key)))
    const found = new Set<string>()
    let cursor: string | null = null
    do {
      const page = await tier.scan('myoserve:1:session:', cursor, 50)
      for (const key of page.keys) if (key.endsWith(':scanned')) found.add(key)
      cursor = page.cursor
    } while (cursor !== null)
    expect([...found].sort()).toEqual(keys.sort())
    expect((await tier.info()).usedMemoryBytes).toBeGreaterThan(1_500_000)
    await tier.deleteMany(keys)
  })

  test('follows a slot that is being moved, and one that was moved', async () => {
    const tier = await readyTier({ url: cluster.url })
    const [from, to] = cluster.nodes as [TestRedis, TestRedis]
    const key = keysOf(1000, 'moving').find((one) => slotOf(one) < 5000) as string
    const staying = key.replace('moving', 'staying')
    const slot = String(slotOf(key))
    await tier.setMany([entryOf(key, '"before"'), entryOf(staying, '"before"')])
    await to.command('CLUSTER', 'SETSLOT', slot, 'IMPORTING', await cluster.idOf(from))
    await from.command('CLUSTER', 'SETSLOT', slot, 'MIGRATING', await cluster.idOf(to))
    await from.command('MIGRATE', '127.0.0.1', String(to.port), key, '0', '1000')
    expect((await tier.getMany([key]))[0]?.body).toBe('"before"')
    await tier.setMany([entryOf(staying, '"during"'), entryOf(key, '"during"')])
    expect(Number(await from.command('CLUSTER', 'COUNTKEYSINSLOT', slot))).toBe(1)
    expect(Number(await to.command('CLUSTER', 'COUNTKEYSINSLOT', slot))).toBe(1)
    await from.command('MIGRATE', '127.0.0.1', String(to.port), staying, '0', '1000')
    for (const node of [to, from])
      await node.command('CLUSTER', 'SETSLOT', slot, 'NODE', await cluster.idOf(to))
    const moved = await tier.getMany([staying, key])
    expect(moved.map((entry) => entry?.body)).toEqual(['"during"', '"during"'])
    await tier.setMany([entryOf(key, '"after"')])
    expect((await tier.getMany([key]))[0]?.body).toBe('"after"')
    expect(Number(await to.command('CLUSTER', 'COUNTKEYSINSLOT', slot))).toBe(2)
    expect(tier.state().breaker).toBe('closed')
  })

  test('goes on with the rest of the nodes while one is killed or frozen, and takes it up again', async () => {
    const tier = await readyTier({ url: cluster.url })
    const keys = keysOf(300, 'faults')
    await tier.setMany(keys.map((key) => entryOf(key)))
    const third = cluster.nodes[2] as TestRedis
    third.freeze()
    for (let call = 0; call < 6; call++) expect(await present(tier, keys)).toBeWithin(100, 300)
    expect(tier.isAvailable()).toBe(true)
    expect(tier.state().breaker).toBe('half-open')
    const started = performance.now()
    expect(await present(tier, keys)).toBeGreaterThan(100)
    expect(performance.now() - started).toBeLessThan(60)
    expect((await failureOf(tier.setMany(keys.map((key) => entryOf(key))))).reason).toBe('offline')
    third.thaw()
    await until(async () => tier.state().breaker === 'closed' && (await present(tier, keys)) === 300, 5000)
    await third.kill()
    await until(() => tier.state().breaker !== 'closed', 2000)
    expect(await present(tier, keys)).toBeGreaterThan(100)
    await third.restart()
    await until(
      async () => (await failureOf(tier.setMany(keys.map((key) => entryOf(key))))).reason === 'none',
      10_000,
    )
    expect(await present(tier, keys)).toBe(300)
  }, 30_000)

  test('is made while only some of the nodes that were named are there', async () => {
    const tier = await readyTier({ url: `redis+cluster://127.0.0.1:1,127.0.0.1:${cluster.nodes[1]?.port}` })
    await tier.setMany([entryOf('a{1}'), entryOf('b{2}')])
    expect(await present(tier, ['a{1}', 'b{2}'])).toBe(2)
  })

  test('says that a URL without "cluster" leads to a Cluster', async () => {
    const tier = await readyTier({ url: `redis://127.0.0.1:${cluster.nodes[0]?.port}` })
    expect((await failureOf(tier.getMany(keysOf(10, 'x')))).message).toMatch(/Cluster/)
  })
})

describe.skipIf(!REDIS_SERVER)(`the Redis tier behind a Sentinel${redisNote}`, () => {
  let group: TestSentinel
  beforeAll(async () => {
    group = await startTestSentinel('group-secret')
  }, 30_000)
  afterEach(closeTiers)
  afterAll(() => group?.stop())

  test('finds the primary, and follows when another takes over from one that is frozen', async () => {
    const tier = await readyTier({ url: group.url })
    await tier.setMany([entryOf('a', '"first"')])
    expect(await group.primary.command('EXISTS', 'a')).toBe(1)
    await until(async () => (await group.replica.command('EXISTS', 'a')) === 1, 3000)
    group.primary.freeze()
    for (let call = 0; call < 3; call++) expect((await failureOf(tier.getMany(['a']))).reason).toBe('timeout')
    expect(tier.isAvailable()).toBe(false)
    expect((await failureOf(tier.getMany(['a']))).ms).toBeLessThan(20)
    await until(async () => (await failureOf(tier.setMany([entryOf('b')]))).reason === 'none', 15_000)
    expect(await group.replica.command('EXISTS', 'b')).toBe(1)
    expect((await tier.getMany(['a']))[0]?.body).toBe('"first"')
  }, 30_000)

  test('asks again where the primary is when it turns out to be a replica', async () => {
    const [primary, replica] = await Promise.all([startTestRedis(), startTestRedis()])
    await replica.makeReplicaOf(primary)
    const ports = [replica.port, primary.port]
    const locate = async () => ({
      host: '127.0.0.1',
      port: (ports.length > 1 ? ports.shift() : ports[0]) as number,
    })
    const target = { locate, tls: null, user: null, password: null, database: 0 }
    const server = openServer(target, { deadlineMs: 100, followsMaster: true })
    const write = () => failureOf(server.call([['SET', 'a', '1']], { until: performance.now() + 100 }))
    await until(() => server.isAvailable(), 2000)
    expect((await write()).reason).toBe('refused')
    await until(async () => (await write()).reason === 'none', 2000)
    expect(await primary.command('EXISTS', 'a')).toBe(1)
    server.close()
    await Promise.all([primary.stop(), replica.stop()])
  })

  test('looks for the primary until a sentinel tells of one', async () => {
    const tier = openTier({ url: group.url.replace(/main$/, 'unknown') })
    await until(() => tier.state().lastFailure !== null, 3000)
    expect(tier.isAvailable()).toBe(false)
    expect((await failureOf(tier.getMany(['a']))).reason).toBe('offline')
    const several = await readyTier({ url: group.url.replace('@', '@127.0.0.1:1,') })
    expect(several.isAvailable()).toBe(true)
  })
})

describe.skipIf(!REDIS_SERVER || !OPENSSL)(`the Redis tier over TLS${redisNote}${opensslNote}`, () => {
  let files: Certificates
  let redis: TestRedis
  beforeAll(async () => {
    files = await makeCertificates()
    redis = await startTestRedis({ tls: files, password: 'tls-secret' })
  })
  afterEach(closeTiers)
  afterAll(async () => {
    await redis?.stop()
    await files?.remove()
  })

  test('trusts an authority of our own and shows our certificate', async () => {
    const tls = { caFile: files.ca, certFile: files.cert, keyFile: files.key }
    const tier = await readyTier({ url: redis.url, tls })
    await tier.setMany([entryOf('a', 'x'.repeat(200_000))])
    expect((await tier.getMany(['a']))[0]?.body).toHaveLength(200_000)
    await redis.restart()
    await until(async () => (await failureOf(tier.setMany([entryOf('a')]))).reason === 'none', 5000)
  })

  test('refuses a server whose authority is not trusted, and says so, unless told to take it', async () => {
    const own = { certFile: files.cert, keyFile: files.key }
    const tier = openTier({ url: redis.url, tls: own })
    await until(() => tier.state().lastFailure !== null, 3000)
    expect(tier.isAvailable()).toBe(false)
    expect(tier.state().lastFailure?.message).toMatch(/^TLS was not agreed on \([A-Z_]+\)$/)
    const careless = await readyTier({ url: redis.url, tls: { ...own, rejectUnauthorized: false } })
    await careless.setMany([entryOf('a')])
    expect((await careless.getMany(['a']))[0]?.key).toBe('a')
  })

  test('is not available without a certificate where the server asks for one', async () => {
    const tier = openTier({ url: redis.url, tls: { caFile: files.ca } })
    await until(() => tier.state().lastFailure !== null, 5000)
    expect(tier.isAvailable()).toBe(false)
  })

  test('says when a file of its settings cannot be read', async () => {
    const tier = openTier({ url: redis.url, tls: { caFile: `${files.ca}.missing` } })
    await until(() => tier.state().lastFailure !== null, 3000)
    expect(tier.state().lastFailure?.message).toBe('a file of its TLS settings cannot be read')
  })
})
