/** The whole program: the first administrator, and two nodes on one database whose Redis and notifications go away. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { join } from 'node:path'
import { connectDatabase, type DatabaseConnection } from '../../src/database/connection.ts'
import { runCli } from '../support/cli.ts'
import { startTestDatabases, type TestDatabases } from '../support/database.ts'
import { startTestRedis, type TestRedis } from '../support/redis.ts'
import { REDIS_SERVER, redisNote } from '../support/redis-server.ts'
import { startTestServer, type TestServer, temporaryFolder } from '../support/server.ts'
import { TARGETS } from '../support/targets.ts'

setDefaultTimeout(120_000)

const PASSWORD = 'correct horse battery'

describe.each(TARGETS)('$name', (target) => {
  const missing = target.missing ? ` (skipped: ${target.missing})` : ''
  let databases: TestDatabases
  let database: DatabaseConnection
  let redis: TestRedis | undefined
  let env: Record<string, string>
  let servers: TestServer[] = []
  let token = ''
  let admin = ''
  const folders: AsyncDisposable[] = []

  const start = async (): Promise<TestServer> => {
    const folder = await temporaryFolder()
    folders.push(folder)
    const server = await startTestServer(target, { data: folder.path, env })
    servers.push(server)
    return server
  }

  async function ask(
    server: TestServer,
    method: string,
    path: string,
    { as = '', body }: { as?: string; body?: unknown } = {},
  ) {
    const answer = await fetch(`${server.url}${path}`, {
      method,
      headers: {
        origin: server.url,
        ...(as.startsWith('myo_') ? { authorization: `Bearer ${as}` } : { cookie: as }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    const isJson = answer.headers.get('content-type')?.includes('json')
    return { status: answer.status, headers: answer.headers, text, body: isJson ? JSON.parse(text) : null }
  }

  const login = async (server: TestServer, name: string) => {
    const { headers, text } = await ask(server, 'POST', '/api/login', { body: { name, password: PASSWORD } })
    const cookie = headers.get('set-cookie')?.split(';')[0]
    if (cookie === undefined) throw new Error(text)
    return cookie
  }

  beforeAll(async () => {
    if (missing) return
    databases = await startTestDatabases()
    const url = await databases.create()
    database = connectDatabase({ url })
    redis = REDIS_SERVER ? await startTestRedis() : undefined
    env = {
      ACCESS: 'required',
      DATABASE_URL: url,
      RATE_LIMIT_LOGIN: '0',
      LOG_LEVEL: 'trace',
      ...(redis && { REDIS_URL: redis.url }),
    }
    const first = await start()
    token = /\/setup#first=(\S+)/.exec(first.banner)?.[1] ?? ''
  })
  afterAll(async () => {
    if (missing) return
    await Promise.all(servers.map((server) => server.kill()))
    await redis?.stop()
    await database.close()
    await databases.stop()
    for (const folder of folders) await folder[Symbol.asyncDispose]()
    servers = []
  })

  test.skipIf(missing !== '')(
    `the link of the first start makes one administrator, in a browser${missing}`,
    async () => {
      const [server] = servers as [TestServer]
      expect((await ask(server, 'GET', '/api/recordings')).body.code).toBe('LOGIN_REQUIRED')
      expect((await ask(server, 'GET', '/livez')).status).toBe(200)
      const page = await ask(server, 'GET', '/setup')
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'")
      expect(page.text).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon\w+=|https?:/)
      for (const [, asset = ''] of page.text.matchAll(/(?:src|href)="(\/api\/setup[^"]+)"/g)) {
        expect([asset, (await ask(server, 'GET', asset)).status]).toEqual([asset, 200])
      }
      const setUp = (each: string, password = PASSWORD) =>
        ask(server, 'POST', '/api/setup', { body: { token: each, name: 'anna', password } })
      expect(token).toMatch(/^[\w-]{43}$/)
      expect((await setUp('A'.repeat(43))).body.code).toBe('SETUP_LINK_REFUSED')
      expect((await setUp(token, 'aaaaaaaaaaaaaaaa')).body.code).toBe('INVALID_REQUEST')
      const done = await setUp(token)
      expect([done.status, done.body.roles]).toEqual([201, ['admin']])
      expect((await setUp(token)).body.code).toBe('SETUP_LINK_REFUSED')
      admin = done.headers.get('set-cookie')?.split(';')[0] ?? ''
      expect((await ask(server, 'GET', '/api/me', { as: admin })).body).toMatchObject({ name: 'anna' })
      expect((await ask(server, 'GET', '/api/recordings', { as: admin })).status).toBe(200)
    },
  )

  test.skipIf(missing !== '')(`users and keys are made by commands beside the server${missing}`, async () => {
    const [server] = servers as [TestServer]
    await using folder = await temporaryFolder()
    const run = (...args: string[]) => runCli(target, args, { env })
    const link = await run('user', 'add', 'tom', '--role', 'therapist', '--link')
    const chosen = { token: link.stdout.trim().split('=')[1], password: PASSWORD }
    expect((await ask(server, 'POST', '/api/setup', { body: chosen })).status).toBe(201)
    expect((await run('user', 'add', 'tom', '--role', 'therapist', '--link')).exitCode).toBe(65)
    expect((await run('user', 'list')).stdout).toContain('tom  tom  therapist\n')
    const as = await login(server, 'tom')
    expect((await ask(server, 'GET', '/api/users', { as })).status).toBe(403)
    expect((await run('user', 'disable', 'tom')).exitCode).toBe(0)
    expect((await ask(server, 'GET', '/api/me', { as })).status).toBe(401)
    expect((await run('user', 'disable', 'anna')).stderr).toContain('nobody would be left')
    const key = await run('key', 'add', 'lab', '--permission', 'recordings:read', '--expires', '1d')
    const text = key.stdout.trim()
    expect((await ask(server, 'GET', '/api/recordings', { as: text })).status).toBe(200)
    expect((await ask(server, 'GET', '/api/patients', { as: text })).status).toBe(403)
    const keyFile = join(folder.path, 'key')
    await Bun.write(keyFile, text)
    await Bun.write(join(folder.path, 'archive/none.c3d'), 'not a recording')
    const hand = (...args: string[]) =>
      run('import', join(folder.path, 'archive'), '--server', server.url, ...args)
    expect(await hand()).toMatchObject({ exitCode: 78, stderr: expect.stringContaining('--key-file') })
    const handed = await hand('--key-file', keyFile)
    expect([handed.exitCode, handed.stderr]).toEqual([65, expect.stringContaining('PERMISSION_DENIED')])
    expect((await run('key', 'list')).stdout).toContain('lab  recordings:read  all patients')
    expect((await run('key', 'revoke', 'lab')).exitCode).toBe(0)
    expect((await ask(server, 'GET', '/api/recordings', { as: text })).body.code).toBe('KEY_REFUSED')
  })

  const name = `what is revoked is refused by another node within a second, with Redis killed and notifications cut${redisNote}`
  test.skipIf(missing !== '')(name + missing, async () => {
    const [first] = servers as [TestServer]
    const second = await start()
    expect(second.banner).not.toContain('/setup#')
    const { id } = (
      await ask(first, 'POST', '/api/users', { as: admin, body: { name: 'eve', roles: ['therapist'] } })
    ).body
    const key = (
      await ask(first, 'POST', '/api/keys', {
        as: admin,
        body: { name: 'k', permissions: ['recordings:read'] },
      })
    ).body
    await database.sql`update myoserve.users u set password_hash = a.password_hash, password_changed_at = now()
      from myoserve.users a where u.name = 'eve' and a.name = 'anna'`
    const [one, two] = [await login(first, 'eve'), await login(second, 'eve')]
    for (const as of [one, two, key.key]) {
      for (const server of [first, second])
        expect((await ask(server, 'GET', '/api/me', { as })).status).toBe(200)
    }
    await redis?.kill()
    let isCutting = true
    const cutting = (async () => {
      while (isCutting) {
        await database.sql`select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and application_name = 'myoserve cache'`
        await Bun.sleep(50)
      }
    })()
    await Bun.sleep(300)
    /** ms from the change in the database, which the first node makes, to the refusal of the second one. */
    const refusal = async (as: string, change: () => Promise<unknown>): Promise<number> => {
      expect((await ask(second, 'GET', '/api/me', { as })).status).toBe(200)
      const changed = change()
      let begun = Number.NaN
      for (;;) {
        const { status } = await ask(second, 'GET', '/api/me', { as })
        const [row] = Number.isNaN(begun)
          ? await database.sql`select (
            select revoked_at is not null from myoserve.api_keys where id = ${key.id}) as key, (
            select count(*)::int from myoserve.login_sessions where user_id = ${id}) as logins`
          : []
        if (status === 401) break
        if (row && (as === key.key ? row.key : row.logins < 2)) begun = performance.now()
      }
      const took = Number.isNaN(begun) ? 0 : performance.now() - begun
      await changed
      return took
    }
    const { items } = (await ask(first, 'GET', '/api/me/sessions', { as: one })).body
    const other = items.find(({ current }: { current: boolean }) => !current).id
    const waits = [
      await refusal(two, () => ask(first, 'DELETE', `/api/me/sessions/${other}`, { as: one })),
      await refusal(key.key, () => ask(first, 'DELETE', `/api/keys/${key.id}`, { as: admin })),
      await refusal(one, () =>
        ask(first, 'PATCH', `/api/users/${id}`, { as: admin, body: { disabled: true } }),
      ),
    ]
    isCutting = false
    await cutting
    if (process.env.MEASURE)
      process.stderr.write(`${target.name}: refused after ${waits.map(Math.round)} ms\n`)
    expect(Math.max(...waits)).toBeLessThan(1000)
  })

  test.skipIf(missing !== '')(`no secret is in the log, be it that of every detail${missing}`, async () => {
    const [server] = servers as [TestServer]
    const as = await login(server, 'anna')
    const log = servers.map((each) => each.log()).join('\n')
    expect(log.length).toBeGreaterThan(1000)
    for (const secret of [PASSWORD, token, as.split('.')[1], admin.split('.')[1]] as string[]) {
      expect(secret.length).toBeGreaterThan(20)
      expect(log).not.toContain(secret)
    }
    expect(log).not.toContain('anna')
  })
})
