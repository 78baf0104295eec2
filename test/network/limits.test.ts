/** Rates that two nodes share by a real Redis, with it and without it. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { startTestDatabases, type TestDatabases } from '../support/database.ts'
import { type FirstAdmin, makeFirstAdmin } from '../support/first-admin.ts'
import { startTestRedis, type TestRedis } from '../support/redis.ts'
import { REDIS_SERVER, redisNote } from '../support/redis-server.ts'
import { startTestServer, type TestServer, temporaryFolder } from '../support/server.ts'
import { TARGETS } from '../support/targets.ts'

setDefaultTimeout(60_000)

const LIMIT = 40

describe.each(TARGETS.filter(({ missing }) => missing === undefined))('$name', (target) => {
  let redis: TestRedis
  let databases: TestDatabases
  let nodes: TestServer[]
  let admin: FirstAdmin
  const opened = new AsyncDisposableStack()
  beforeAll(async () => {
    if (!REDIS_SERVER) return
    ;[redis, databases] = await Promise.all([startTestRedis(), startTestDatabases()])
    const env = {
      ACCESS: 'required',
      DATABASE_URL: await databases.create(),
      REDIS_URL: redis.url,
      REDIS_DEADLINE_MS: '100',
      RATE_LIMIT: String(LIMIT),
      RATE_LIMIT_LOGIN: '4',
    }
    const start = async (): Promise<TestServer> => {
      const folder = opened.use(await temporaryFolder())
      return startTestServer(target, { data: folder.path, env })
    }
    const first = await start()
    admin = await makeFirstAdmin(first)
    nodes = [first, await start()]
  })
  afterAll(async () => {
    await Promise.all((nodes ?? []).map((node) => node.kill()))
    await Promise.all([redis?.stop(), databases?.stop()])
    await opened.disposeAsync()
  })

  const at = (i: number): string => nodes[i % nodes.length]?.url as string
  const ask = (i: number, authorization: string) =>
    fetch(`${at(i)}/api/patients`, { headers: { authorization } })

  test.skipIf(!REDIS_SERVER)(`a key has one limit for both nodes, and says so${redisNote}`, async () => {
    const authorization = await admin.key('shared', ['patients:read'])
    let allowed = 0
    let refused: Response | undefined
    for (let i = 0; i < 2 * LIMIT; i++) {
      const answer = await ask(i, authorization)
      if (answer.status === 200) allowed++
      else refused = answer
      if (i === 0) expect(answer.headers.get('ratelimit-policy')).toBe(`"identity";q=${LIMIT};w=60`)
    }
    expect(allowed).toBe(LIMIT)
    expect(refused?.status).toBe(429)
    expect(await refused?.json()).toMatchObject({ code: 'RATE_LIMITED', title: 'Too Many Requests' })
    expect(Number(refused?.headers.get('retry-after'))).toBeWithin(1, 121)
    expect(refused?.headers.get('ratelimit')).toMatch(/^"identity";r=0;t=\d+$/)
    const other = await admin.key('another', ['patients:read'])
    expect((await ask(0, other)).status).toBe(200)
  })

  test.skipIf(!REDIS_SERVER)(
    `guessing passwords is slowed down for both nodes together${redisNote}`,
    async () => {
      const statuses: number[] = []
      for (let i = 0; i < 8; i++) {
        const body = JSON.stringify({ name: `nobody-${i}`, password: 'wrong wrong wrong' })
        const headers = { 'content-type': 'application/json' }
        statuses.push((await fetch(`${at(i)}/api/login`, { method: 'POST', body, headers })).status)
      }
      // One of the minute was the set-up of the administrator.
      expect(statuses.filter((status) => status !== 429).length).toBeWithin(3, 5)
      expect(statuses.slice(-2)).toEqual([429, 429])
    },
  )

  test.skipIf(!REDIS_SERVER)(
    `without Redis each node counts by itself, in time and without an error${redisNote}`,
    async () => {
      const authorization = await admin.key('alone', ['patients:read'])
      await ask(0, authorization)
      redis.freeze()
      const started = performance.now()
      const statuses: number[] = []
      for (let i = 0; i < 8; i++) statuses.push((await ask(0, authorization)).status)
      expect(performance.now() - started).toBeLessThan(3000)
      await redis.kill()
      for (let i = 0; i < LIMIT; i++) statuses.push((await ask(0, authorization)).status)
      expect(statuses.filter((status) => status === 200).length).toBeWithin(LIMIT - 2, LIMIT + 1)
      expect(statuses.filter((status) => status !== 200 && status !== 429)).toEqual([])
      for (const node of nodes) expect(node.log()).not.toContain('"error"')
    },
  )
})
