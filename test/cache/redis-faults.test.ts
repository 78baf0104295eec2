import { afterAll, afterEach, beforeAll, describe, expect, test } from 'bun:test'
import { startTestProxy } from '../support/proxy.ts'
import { freePort, startTestRedis, type TestRedis, until } from '../support/redis.ts'
import { closeTiers, entryOf, failureOf, openTier, readyTier } from '../support/redis-entries.ts'
import { REDIS_SERVER, redisNote } from '../support/redis-server.ts'

const DEADLINE_MS = 100

/** How late this machine is with a timer of its own, at the same time: others use it too. */
async function longestAllowed(ms = DEADLINE_MS): Promise<number> {
  const started = performance.now()
  await Bun.sleep(ms)
  return Math.max(ms, performance.now() - started) * 1.2
}

const unhandled: unknown[] = []
const note = (reason: unknown): void => void unhandled.push(reason)

describe.skipIf(!REDIS_SERVER)(`the Redis tier, while Redis fails${redisNote}`, () => {
  const servers: TestRedis[] = []
  const start = async (...args: Parameters<typeof startTestRedis>): Promise<TestRedis> => {
    const redis = await startTestRedis(...args)
    servers.push(redis)
    return redis
  }

  beforeAll(() => {
    process.on('unhandledRejection', note)
  })
  afterEach(async () => {
    await closeTiers()
    await Promise.all(servers.splice(0).map((redis) => redis.stop()))
    expect(unhandled).toEqual([])
  })
  afterAll(() => {
    process.off('unhandledRejection', note)
  })

  test('is made at once when there is no Redis, rejects at once, and uses it when it appears', async () => {
    const port = await freePort()
    const started = performance.now()
    const tier = openTier({ url: `redis://127.0.0.1:${port}` })
    expect(performance.now() - started).toBeLessThan(50)
    expect(tier.isAvailable()).toBe(false)
    const failure = await failureOf(tier.getMany(['a']))
    expect(failure.reason).toBe('offline')
    expect(failure.ms).toBeLessThan(20)
    await Bun.sleep(1500)
    expect(tier.state()).toMatchObject({
      breaker: 'open',
      lastFailure: { message: 'the connection was refused' },
    })
    await start({ port })
    expect(await until(() => tier.isAvailable(), 5000)).toBeLessThan(2000)
    await tier.setMany([entryOf('a')])
    expect((await tier.getMany(['a']))[0]?.key).toBe('a')
  })

  test('is used again after Redis was killed and restarted', async () => {
    const redis = await start()
    const tier = await readyTier({ url: redis.url })
    await tier.setMany([entryOf('a')])
    const inFlight = Array.from({ length: 20 }, () => failureOf(tier.getMany(['a'])))
    await redis.kill()
    for (const { reason, ms } of await Promise.all(inFlight)) {
      expect(['none', 'offline']).toContain(reason)
      expect(ms).toBeLessThan(DEADLINE_MS)
    }
    await until(() => !tier.isAvailable(), 1000)
    expect((await failureOf(tier.setMany([entryOf('a')]))).ms).toBeLessThan(20)
    await redis.restart()
    await until(() => tier.isAvailable(), 2000)
    expect(await tier.getMany(['a'])).toEqual([null])
    expect(tier.state().breaker).toBe('closed')
  })

  test('goes on after its connections were cut', async () => {
    const redis = await start()
    const tier = await readyTier({ url: redis.url })
    await tier.setMany([entryOf('a')])
    for (let round = 0; round < 5; round++) {
      await redis.cut()
      await until(async () => (await failureOf(tier.getMany(['a']))).reason === 'none', 1000)
      expect((await tier.getMany(['a']))[0]?.key).toBe('a')
    }
  })

  test('answers within the deadline while Redis is frozen, leaves it after 3 failures, uses it once thawed', async () => {
    const redis = await start()
    const changes: string[] = []
    const tier = await readyTier({ url: redis.url, onChange: ({ breaker }) => changes.push(breaker) })
    await tier.setMany([entryOf('a')])
    redis.freeze()
    for (let call = 0; call < 3; call++) {
      const [allowed, { reason, ms }] = await Promise.all([longestAllowed(), failureOf(tier.getMany(['a']))])
      expect(reason).toBe('timeout')
      expect(ms).toBeLessThan(allowed)
    }
    expect(tier.isAvailable()).toBe(false)
    expect(tier.state().breaker).toBe('open')
    const end = performance.now() + 4000
    while (performance.now() < end) {
      expect((await failureOf(tier.getMany(['a']))).ms).toBeLessThan(50)
      await Bun.sleep(50)
    }
    redis.thaw()
    expect(await until(() => tier.state().breaker === 'closed', 10_000)).toBeLessThan(5000)
    expect((await tier.getMany(['a']))[0]?.key).toBe('a')
    expect(changes).toEqual(['closed', 'open', 'closed'])
  })

  test('answers a thousand calls at once within the deadline while Redis is frozen', async () => {
    const redis = await start()
    const tier = await readyTier({ url: redis.url })
    redis.freeze()
    const [allowed, ...failures] = await Promise.all([
      longestAllowed(),
      ...Array.from({ length: 1000 }, (_, i) => failureOf(tier.getMany([`a:${i}`]))),
    ])
    expect(failures.every(({ reason }) => reason === 'timeout' || reason === 'offline')).toBe(true)
    expect(Math.max(...failures.map(({ ms }) => ms))).toBeLessThan(allowed)
    redis.thaw()
    await until(() => tier.state().breaker === 'closed', 5000)
  })

  test('heeds an answer that came in time, though this process was too busy to read it', async () => {
    const redis = await start()
    const tier = await readyTier({ url: redis.url })
    await tier.setMany([entryOf('a')])
    for (let round = 0; round < 5; round++) {
      const read = tier.getMany(['a'])
      await new Promise((resolve) => setImmediate(resolve))
      const end = performance.now() + 1.5 * DEADLINE_MS
      while (performance.now() < end) Math.sqrt(end)
      expect((await read)[0]?.key).toBe('a')
    }
    expect(tier.state().breaker).toBe('closed')
  })

  test('does not take one batch that is late for a server that fails again and again', async () => {
    const redis = await start()
    const proxy = await startTestProxy(redis.port)
    const tier = await readyTier({ url: `redis://127.0.0.1:${proxy.port}` })
    proxy.latencyMs = 150
    expect(
      (await failureOf(tier.setMany(Array.from({ length: 50 }, (_, i) => entryOf(`a:${i}`))))).reason,
    ).toBe('timeout')
    expect(tier.state().breaker).toBe('closed')
    await Bun.sleep(100)
    proxy.latencyMs = 0
    expect((await tier.getMany(['a:49']))[0]?.key).toBe('a:49')
    await proxy.close()
  })

  test('is used again when Redis was frozen only for one call', async () => {
    const redis = await start()
    const tier = await readyTier({ url: redis.url })
    redis.freeze()
    expect((await failureOf(tier.getMany(['a']))).reason).toBe('timeout')
    redis.thaw()
    await tier.setMany([entryOf('a')])
    expect((await tier.getMany(['a']))[0]?.key).toBe('a')
    expect(tier.state().breaker).toBe('closed')
  })

  test('releases a lease that was given after nobody waited for it any more', async () => {
    const redis = await start()
    const tier = await readyTier({ url: redis.url })
    redis.freeze()
    expect((await failureOf(tier.acquire('a', 60_000))).reason).toBe('timeout')
    redis.thaw()
    await until(async () => (await redis.command('DBSIZE')) === 0, 2000)
    expect(await tier.acquire('a', 60_000)).not.toBeNull()
  })

  test('goes on with a Redis that is slow, but within the deadline', async () => {
    const redis = await start()
    const proxy = await startTestProxy(redis.port)
    const tier = await readyTier({ url: `redis://127.0.0.1:${proxy.port}` })
    proxy.latencyMs = 40
    await tier.setMany([entryOf('a')])
    const reads = await Promise.all(Array.from({ length: 50 }, () => tier.getMany(['a'])))
    expect(reads.every(([entry]) => entry?.key === 'a')).toBe(true)
    expect(tier.state().breaker).toBe('closed')
    await proxy.close()
  })

  test('leaves a Redis that is slower than the deadline, without reconnecting, and uses it once it is quick', async () => {
    const redis = await start()
    const proxy = await startTestProxy(redis.port)
    const tier = await readyTier({ url: `redis://127.0.0.1:${proxy.port}` })
    await tier.setMany([entryOf('a')])
    proxy.latencyMs = 150
    const connections = proxy.connections
    for (let call = 0; call < 3; call++) {
      const [allowed, { reason, ms }] = await Promise.all([longestAllowed(), failureOf(tier.getMany(['a']))])
      expect(reason).toBe('timeout')
      expect(ms).toBeLessThan(allowed)
    }
    expect(await failureOf(tier.getMany(['a']))).toMatchObject({ reason: 'open' })
    expect(proxy.connections).toBe(connections)
    await Bun.sleep(200)
    proxy.latencyMs = 0
    const back = async () => tier.isAvailable() && (await failureOf(tier.getMany(['a']))).reason === 'none'
    expect(await until(back, 5000)).toBeLessThan(3000)
    expect(tier.state().breaker).toBe('closed')
    await proxy.close()
  })

  test('gives no half of a reply that was cut, and the whole one afterwards', async () => {
    const redis = await start()
    const proxy = await startTestProxy(redis.port)
    const tier = await readyTier({ url: `redis://127.0.0.1:${proxy.port}` })
    const body = crypto.getRandomValues(new Uint8Array(50_000))
    await tier.setMany([entryOf('a', body)])
    for (const bytes of [1, 4, 10, 100, 40_000]) {
      proxy.cutAfterBytes = bytes
      const { reason, ms } = await failureOf(tier.getMany(['a']))
      expect(reason).toBe('offline')
      expect(ms).toBeLessThan(DEADLINE_MS)
      await until(() => tier.isAvailable(), 2000)
      const [entry] = await tier.getMany(['a'])
      expect(Buffer.from(entry?.body as Uint8Array).equals(body)).toBe(true)
    }
    await proxy.close()
  })

  test('drops a connection whose bytes are no Redis protocol', async () => {
    const redis = await start()
    const proxy = await startTestProxy(redis.port)
    const tier = await readyTier({ url: `redis://127.0.0.1:${proxy.port}` })
    await tier.setMany([entryOf('a')])
    proxy.garble = Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')
    expect(['offline', 'timeout']).toContain((await failureOf(tier.getMany(['a']))).reason)
    await until(async () => tier.isAvailable() && (await tier.getMany(['a']))[0]?.key === 'a', 5000)
    await proxy.close()
  })

  test('reads on from a Redis that is full and refuses writes', async () => {
    const redis = await start()
    const tier = await readyTier({ url: redis.url })
    await tier.setMany([entryOf('a')])
    await redis.setMaxMemory(1)
    for (let i = 0; i < 5; i++) {
      expect(await failureOf(tier.setMany([entryOf('b')]))).toMatchObject({
        reason: 'refused',
        message: 'Redis: it is full and takes no writes',
      })
    }
    expect((await tier.getMany(['a', 'b'])).map((entry) => entry?.key ?? null)).toEqual(['a', null])
    expect(tier.state().breaker).toBe('closed')
    expect(tier.counters().operations.set.failures.refused).toBe(5)
    await redis.setMaxMemory(0)
    await tier.setMany([entryOf('b')])
    expect((await tier.getMany(['b']))[0]?.key).toBe('b')
  })

  test('reads on from a replica, which refuses writes', async () => {
    const primary = await start()
    const replica = await start()
    const writer = await readyTier({ url: primary.url })
    await writer.setMany([entryOf('a')])
    await replica.makeReplicaOf(primary)
    const tier = await readyTier({ url: replica.url })
    expect((await tier.getMany(['a']))[0]?.key).toBe('a')
    expect(await failureOf(tier.setMany([entryOf('b')]))).toMatchObject({
      reason: 'refused',
      message: 'Redis: it is a read-only replica',
    })
    expect((await failureOf(tier.acquire('a', 1000))).reason).toBe('refused')
    expect(tier.state().breaker).toBe('closed')
  })

  test('says why when the password is wrong or missing, and goes on when it is right', async () => {
    const redis = await start({ password: 'right-secret' })
    const wrong = openTier({ url: `redis://:wrong-secret@127.0.0.1:${redis.port}` })
    const missing = openTier({ url: `redis://127.0.0.1:${redis.port}` })
    await until(() => wrong.state().lastFailure !== null && missing.state().lastFailure !== null, 2000)
    expect(await failureOf(wrong.getMany(['a']))).toMatchObject({
      reason: 'refused',
      message: 'Redis: it does not accept the user or the password',
    })
    expect(await failureOf(missing.getMany(['a']))).toMatchObject({
      reason: 'refused',
      message: 'Redis: it asks for a password and none is set',
    })
    expect(wrong.isAvailable()).toBe(false)
    await redis.command('ACL', 'SETUSER', 'default', '>wrong-secret')
    await until(() => wrong.isAvailable(), 6000)
    await wrong.setMany([entryOf('a')])
    expect((await wrong.getMany(['a']))[0]?.key).toBe('a')
  })

  test('says nothing of address, key or secret, however it fails', async () => {
    const redis = await start({ password: 'top-secret' })
    const closed = await freePort()
    const said: string[] = []
    const tell = (state: { readonly lastFailure: { readonly message: string } | null }): void => {
      if (state.lastFailure) said.push(state.lastFailure.message)
    }
    const urls = [
      `redis://user:top-secret@127.0.0.1:${closed}`,
      `redis://user:top-secret@127.0.0.1:${redis.port}`,
      'redis://user:top-secret@no-such-host.invalid',
      `rediss://user:top-secret@127.0.0.1:${redis.port}`,
      `redis+sentinel://user:top-secret@127.0.0.1:${closed}/main`,
      `redis+cluster://user:top-secret@127.0.0.1:${closed}`,
      `redis+cluster://:top-secret@127.0.0.1:${redis.port}`,
    ]
    for (const url of urls) {
      const tier = openTier({ url, onChange: tell })
      await until(() => tier.state().lastFailure !== null || tier.isAvailable(), 8000, url)
      tell(tier.state())
      said.push((await failureOf(tier.getMany(['key-of-someone']))).message)
    }
    const secrets = new RegExp(`secret|user:|127\\.0|no-such|key-of|${closed}|${redis.port}`)
    expect(said.length).toBeGreaterThan(urls.length)
    for (const message of said) expect(message).not.toMatch(secrets)
  })
})
