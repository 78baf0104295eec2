/** Logging in by a provider of OpenID Connect, step by step as a browser goes, with everything forged that can be. */
import { afterAll, afterEach, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import { connectDatabase, type DatabaseConnection } from '../../src/database/connection.ts'
import { runCli } from '../support/cli.ts'
import { startTestDatabases, type TestDatabases } from '../support/database.ts'
import { ADMIN_PASSWORD, type FirstAdmin, makeFirstAdmin } from '../support/first-admin.ts'
import {
  CLIENT_ID,
  CLIENT_SECRET,
  createTestBrowser,
  type Issued,
  startTestProvider,
  type TestBrowser,
  type TestProvider,
} from '../support/oidc.ts'
import { freePort, until } from '../support/redis.ts'
import { startTestServer, type TestServer, temporaryFolder } from '../support/server.ts'
import { TARGETS } from '../support/targets.ts'

setDefaultTimeout(60_000)

describe.each(TARGETS)('$name', (target) => {
  const { missing } = target
  if (missing !== undefined) return test.skip(missing, () => undefined)

  let databases: TestDatabases
  let database: DatabaseConnection
  let provider: TestProvider
  /** Lets those in who are linked; rights are given here. */
  let linking: TestServer
  /** Makes users, by the rights that the provider gives; it has a name. */
  let making: TestServer
  let makingUrl: string
  let admin: FirstAdmin
  let env: Record<string, string>
  const ending: Array<() => Promise<unknown>> = []

  async function serve(extra: Record<string, string>, args: string[] = []): Promise<TestServer> {
    const folder = await temporaryFolder()
    const server = await startTestServer(target, { data: folder.path, env: { ...env, ...extra }, args })
    ending.push(async () => {
      await server.kill()
      await folder[Symbol.asyncDispose]()
    })
    return server
  }

  beforeAll(async () => {
    ;[databases, provider] = await Promise.all([startTestDatabases(), startTestProvider()])
    const url = await databases.create()
    database = connectDatabase({ url })
    env = {
      DATABASE_URL: url,
      ACCESS: 'required',
      RATE_LIMIT_LOGIN: '0',
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: CLIENT_ID,
      OIDC_CLIENT_SECRET: CLIENT_SECRET,
    }
    // The provider is not there yet: the server starts all the same.
    linking = await serve({})
    admin = await makeFirstAdmin(linking)
    const port = await freePort()
    makingUrl = `http://localhost:${port}`
    making = await serve(
      {
        PUBLIC_URL: makingUrl,
        OIDC_CREATE_USERS: 'true',
        OIDC_ROLES_CLAIM: 'groups',
        OIDC_ROLES: 'bosses=admin, cn=staff=therapist, lab=researcher, ghosts=ghost',
      },
      ['--port', String(port)],
    )
  })

  afterAll(async () => {
    await Promise.all(ending.map((end) => end()))
    await database?.close()
    await Promise.all([databases?.stop(), provider?.stop()])
  })

  afterEach(() => {
    provider.forge = undefined
    provider.fault = undefined
  })

  const callbacks = () => [`${linking.url}/api/login/oidc/callback`, `${makingUrl}/api/login/oidc/callback`]
  const urlOf = (server: TestServer): string => (server === making ? makingUrl : server.url)

  /** Logs in at the provider. @returns where it leads the browser back to */
  async function toCallback(
    browser: TestBrowser,
    server: TestServer,
    account: string | null,
    returnTo = '/',
  ) {
    provider.account = account
    // What the provider remembers of a login before is not for the next.
    for (const name of [...browser.cookies.keys()]) if (name.startsWith('_')) browser.cookies.delete(name)
    const base = urlOf(server)
    const begin = `${base}/api/login/oidc?returnTo=${encodeURIComponent(returnTo)}`
    return browser.follow(begin, `${base}/api/login/oidc/callback`)
  }

  async function logIn(server: TestServer, account: string, browser = createTestBrowser()) {
    const answer = await browser.get(await toCallback(browser, server, account))
    const isJson = answer.headers.get('content-type')?.includes('json')
    const text = await answer.text()
    return { status: answer.status, browser, problem: isJson ? JSON.parse(text) : null, text }
  }

  const codeOf = async (answer: Response) => [
    answer.status,
    ((await answer.json()) as { code?: string }).code,
  ]
  const isIn = ({ cookies }: TestBrowser): boolean => cookies.has('myoserve_session')
  const me = async (browser: TestBrowser, server = linking) =>
    (await (await browser.get(`${server.url}/api/me`)).json()) as Record<string, unknown>

  const manage = (method: string, path: string, body?: object, as = admin.cookie) =>
    fetch(`${linking.url}${path}`, {
      method,
      headers: { cookie: as, origin: linking.url, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })

  /** Makes a user, linked to the subject of that name unless told otherwise. @returns the id */
  async function linkedUser(name: string, roles: string[], subject = name): Promise<string> {
    const { id } = (await (await manage('POST', '/api/users', { name, roles })).json()) as { id: string }
    expect((await manage('PUT', `/api/users/${id}/oidc`, { subject })).status).toBe(204)
    return id
  }

  /** What the audit log has of the last login that was refused so; it is carried there a moment later. */
  async function refusal(code: string): Promise<unknown> {
    let last: unknown
    await until(
      async () => {
        const rows = await database.sql`
          select actor, outcome, records from myoserve.audit_log
          where action = 'login' and code = ${code} order by id desc limit 1`
        last = rows[0]
        return last !== undefined
      },
      5000,
      `an entry of ${code}`,
    )
    return last
  }

  const userNames = async () => (await database.sql`select name from myoserve.users`).map(({ name }) => name)

  test('a provider that is away keeps nobody from logging in by a password, and is asked again when it is back', async () => {
    const browser = createTestBrowser()
    const begin = () => browser.get(`${linking.url}/api/login/oidc`)
    expect(await codeOf(await begin())).toEqual([503, 'OIDC_UNAVAILABLE'])
    const byPassword = await fetch(`${linking.url}/api/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: linking.url },
      body: JSON.stringify({ name: 'admin', password: ADMIN_PASSWORD }),
    })
    expect(byPassword.status).toBe(200)
    await provider.open(...callbacks())
    provider.fault = 'answers 500'
    expect(await codeOf(await begin())).toEqual([503, 'OIDC_UNAVAILABLE'])
    provider.fault = undefined
    expect((await begin()).status).toBe(303)
    expect(await (await fetch(`${linking.url}/api/login/methods`)).json()).toEqual({
      password: true,
      oidc: { issuer: provider.issuer, path: '/api/login/oidc' },
    })
  })

  test('whoever is linked is let in with the rights of here, by a page that leads on', async () => {
    const id = await linkedUser('anna', ['therapist'], 'subject-of-anna')
    const browser = createTestBrowser()
    const asked = await browser.get(`${linking.url}/api/login/oidc`)
    const query = new URL(asked.headers.get('location') ?? '').searchParams
    expect([...query.keys()].toSorted()).toEqual(
      'client_id code_challenge code_challenge_method nonce redirect_uri response_type scope state'.split(
        ' ',
      ),
    )
    expect(query.get('code_challenge_method')).toBe('S256')
    expect(asked.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^myoserve_oidc=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/,
      ) as unknown as string,
    ])
    const back = await toCallback(browser, linking, 'subject-of-anna', '/api/me?a=1&b="<>\'#end')
    const answer = await browser.get(back)
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(answer.headers.getSetCookie().join()).toMatch(/^myoserve_session=.*; HttpOnly; SameSite=Strict$/)
    expect(await answer.text()).toContain(
      '<meta http-equiv="refresh" content="0;url=/api/me?a=1&amp;b=%22%3C%3E%27#end">',
    )
    expect(await me(browser)).toMatchObject({ id: `user:${id}`, name: 'anna', roles: ['therapist'] })
    const [entry] = await database.sql`
      select actor, outcome, route from myoserve.audit_log where action = 'login' and actor = ${`user:${id}`}`
    expect(entry).toMatchObject({ outcome: 'done', route: 'GET /api/login/oidc/callback' })
    const [row] = await database.sql`select password_hash from myoserve.users where id = ${id}`
    expect(row?.password_hash).toBeNull()
  })

  describe('a login ends once, and where it began', () => {
    test('not with another state', async () => {
      const browser = createTestBrowser()
      const back = await toCallback(browser, linking, 'subject-of-anna')
      for (const state of ['A'.repeat(43), '', `${back.searchParams.get('state')}A`]) {
        const wrong = new URL(back)
        wrong.searchParams.set('state', state)
        expect(await codeOf(await browser.get(wrong))).toEqual([401, 'OIDC_LOGIN_EXPIRED'])
      }
      expect(isIn(browser)).toBe(false)
    })

    test('not in another browser, whether or not it has begun a login too', async () => {
      const back = await toCallback(createTestBrowser(), linking, 'subject-of-anna')
      const other = createTestBrowser()
      expect(await codeOf(await other.get(back))).toEqual([401, 'OIDC_LOGIN_EXPIRED'])
      await other.get(`${linking.url}/api/login/oidc`)
      expect(await codeOf(await other.get(back))).toEqual([401, 'OIDC_LOGIN_EXPIRED'])
      expect(isIn(other)).toBe(false)
    })

    test('not a second time', async () => {
      const browser = createTestBrowser()
      const back = await toCallback(browser, linking, 'subject-of-anna')
      expect((await browser.get(back)).status).toBe(200)
      browser.cookies.delete('myoserve_session')
      expect(await codeOf(await browser.get(back))).toEqual([401, 'OIDC_LOGIN_EXPIRED'])
      // Nor does its code serve another login.
      const next = await toCallback(browser, linking, 'subject-of-anna')
      next.searchParams.set('code', back.searchParams.get('code') ?? '')
      expect(await codeOf(await browser.get(next))).toEqual([401, 'OIDC_LOGIN_REFUSED'])
      expect(isIn(browser)).toBe(false)
    })

    test('not with the code of another login, which another verifier belongs to', async () => {
      const [mine, theirs] = [createTestBrowser(), createTestBrowser()]
      const stolen = await toCallback(theirs, linking, 'subject-of-anna')
      const back = await toCallback(mine, linking, 'nobody')
      back.searchParams.set('code', stolen.searchParams.get('code') ?? '')
      expect(await codeOf(await mine.get(back))).toEqual([401, 'OIDC_LOGIN_REFUSED'])
    })

    test('not after ten minutes; what has ended is cleared away', async () => {
      const browser = createTestBrowser()
      const back = await toCallback(browser, linking, 'subject-of-anna')
      const [{ left } = { left: 0 }] = await database.sql`
        select extract(epoch from max(expires_at) - clock_timestamp())::float as left from myoserve.oidc_logins`
      expect(left).toBeWithin(590, 600)
      await database.sql`update myoserve.oidc_logins set expires_at = clock_timestamp() - interval '1 second'`
      expect(await codeOf(await browser.get(back))).toEqual([401, 'OIDC_LOGIN_EXPIRED'])
      await browser.get(`${linking.url}/api/login/oidc`)
      const [{ count } = { count: 0 }] =
        await database.sql`select count(*)::int as count from myoserve.oidc_logins`
      expect(count).toBe(1)
    })

    test('two windows of a browser do not disturb each other', async () => {
      const browser = createTestBrowser()
      const first = await toCallback(browser, linking, 'subject-of-anna')
      const second = await toCallback(browser, linking, 'subject-of-anna')
      expect([(await browser.get(first)).status, (await browser.get(second)).status]).toEqual([200, 200])
    })
  })

  describe('an answer that does not hold lets nobody in', () => {
    const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
    const forgeries: Array<[string, (issued: Issued) => string | Promise<string>]> = [
      ['another nonce', ({ claims, sign }) => sign({ ...claims, nonce: 'another' })],
      ['no nonce', ({ claims: { nonce: _, ...claims }, sign }) => sign(claims)],
      ['another audience', ({ claims, sign }) => sign({ ...claims, aud: 'another' })],
      ['another issuer', ({ claims, sign }) => sign({ ...claims, iss: 'https://id.example' })],
      ['no subject', ({ claims: { sub: _, ...claims }, sign }) => sign(claims)],
      ['a token of two minutes ago', ({ claims, sign }) => sign({ ...claims, exp: now() - 120 })],
      ['a token of days to come', ({ claims, sign }) => sign({ ...claims, nbf: now() + 86_400 })],
      [
        'claims that were altered',
        ({ idToken, claims }) => {
          const [header, , signature] = idToken.split('.')
          return [header, encoded({ ...claims, sub: 'admin' }), signature].join('.')
        },
      ],
      ['a signature that is cut off', ({ idToken }) => `${idToken.split('.').slice(0, 2).join('.')}.`],
      ['the algorithm none', ({ claims }) => new UnsecuredJWT(claims).encode()],
      [
        'the public key as a secret',
        ({ claims, publicKey }) =>
          new SignJWT(claims)
            .setProtectedHeader({ alg: 'HS256' })
            .sign(Buffer.from(JSON.stringify(publicKey))),
      ],
      [
        'the secret of the client as a key',
        ({ claims }) =>
          new SignJWT(claims)
            .setProtectedHeader({ alg: 'HS256' })
            .sign(Buffer.from(CLIENT_SECRET.padEnd(64))),
      ],
      [
        'a key that came with the token',
        async ({ claims, publicKey }) => {
          const pair = await crypto.subtle.generateKey(RSA, true, ['sign', 'verify'])
          const jwk = { ...(await crypto.subtle.exportKey('jwk', pair.publicKey)), use: 'sig' }
          expect(jwk.n).not.toBe(publicKey.n as string)
          return new SignJWT(claims)
            .setProtectedHeader({ alg: 'RS256', jwk: jwk as never })
            .sign(pair.privateKey)
        },
      ],
      ['something else', () => 'no token'],
    ]
    const RSA = {
      name: 'RSASSA-PKCS1-v1_5',
      hash: 'SHA-256',
      modulusLength: 2048,
      publicExponent: new Uint8Array([1, 0, 1]),
    }
    const now = (): number => Math.floor(Date.now() / 1000)

    test.each(forgeries)('%s', async (_, forge) => {
      provider.forge = forge
      const { status, problem, browser } = await logIn(linking, 'subject-of-anna')
      expect([status, problem?.code, isIn(browser)]).toEqual([401, 'OIDC_LOGIN_REFUSED', false])
    })

    test('but a clock that is half a minute off', async () => {
      provider.forge = ({ claims, sign }) => sign({ ...claims, exp: now() - 30 })
      expect((await logIn(linking, 'subject-of-anna')).status).toBe(200)
      provider.forge = ({ claims, sign }: { claims: JWTPayload; sign: Issued['sign'] }) =>
        sign({ ...claims, nbf: now() + 30, iat: now() + 30 })
      expect((await logIn(linking, 'subject-of-anna')).status).toBe(200)
    })

    test('of another issuer, or of none, by its address', async () => {
      for (const iss of ['https://id.example', null]) {
        const browser = createTestBrowser()
        const back = await toCallback(browser, linking, 'subject-of-anna')
        if (iss === null) back.searchParams.delete('iss')
        else back.searchParams.set('iss', iss)
        expect(await codeOf(await browser.get(back))).toEqual([401, 'OIDC_LOGIN_REFUSED'])
        expect(isIn(browser)).toBe(false)
      }
    })

    test('nor is anybody let in whom the provider refuses; people are shown a page', async () => {
      const browser = createTestBrowser()
      const back = await toCallback(browser, linking, null)
      expect(back.searchParams.get('error')).toBe('access_denied')
      const answer = await browser.get(back, { accept: 'text/html' })
      expect([answer.status, answer.headers.get('content-type')]).toEqual([401, 'text/html; charset=UTF-8'])
      expect(await answer.text()).toContain('OIDC_LOGIN_REFUSED')
      expect(await refusal('OIDC_LOGIN_REFUSED')).toEqual({
        actor: 'nobody',
        outcome: 'refused',
        records: [],
      })
    })
  })

  test('nowhere else is a place to return to', async () => {
    for (const returnTo of [
      'https://evil.example/',
      '//evil.example',
      '/\\evil.example',
      '\\\\evil.example',
      '/\t/evil.example',
      '/.//evil.example',
      '/a/..//evil.example',
      'javascript:alert(1)',
      'evil.example',
      '@evil.example',
      '',
      ' //evil.example',
      `/${'a'.repeat(2048)}`,
    ]) {
      const url = `${linking.url}/api/login/oidc?returnTo=${encodeURIComponent(returnTo)}`
      const answer = await fetch(url, { redirect: 'manual' })
      expect([returnTo, ...(await codeOf(answer))]).toEqual([returnTo, 400, 'INVALID_REQUEST'])
    }
  })

  test('a provider that fails between the steps is one clear problem', async () => {
    for (const fault of ['hangs up', 'answers 500'] as const) {
      const browser = createTestBrowser()
      const back = await toCallback(browser, linking, 'subject-of-anna')
      provider.fault = fault
      const answer = await browser.get(back)
      expect(answer.headers.get('retry-after')).toBe('5')
      expect(await codeOf(answer)).toEqual([503, 'OIDC_UNAVAILABLE'])
      provider.fault = undefined
    }
  })

  test('another key of the provider holds at once, and the one before no more', async () => {
    let former: Issued | undefined
    provider.forge = (issued) => {
      former = issued
      return issued.idToken
    }
    expect((await logIn(linking, 'subject-of-anna')).status).toBe(200)
    await provider.open(...callbacks())
    provider.forge = undefined
    expect((await logIn(linking, 'subject-of-anna')).status).toBe(200)
    provider.forge = ({ claims }) => (former as Issued).sign(claims)
    expect((await logIn(linking, 'subject-of-anna')).problem?.code).toBe('OIDC_LOGIN_REFUSED')
  })

  test('who is linked to nobody is told so, and nothing is made of it, whatever the name', async () => {
    provider.claims.set('stranger', { preferred_username: 'admin' })
    const before = await userNames()
    const { status, problem, browser } = await logIn(linking, 'stranger')
    expect([status, problem.code, isIn(browser)]).toEqual([403, 'OIDC_USER_UNKNOWN', false])
    expect(problem.detail).toContain('myoserve user link NAME stranger')
    expect(await userNames()).toEqual(before)
  })

  test('a disabled user stays out', async () => {
    const id = await linkedUser('ben', ['researcher'])
    const { browser, status } = await logIn(linking, 'ben')
    expect(status).toBe(200)
    expect((await manage('PATCH', `/api/users/${id}`, { disabled: true })).status).toBe(200)
    expect(await me(browser)).toMatchObject({ code: 'SESSION_ENDED' })
    const again = await logIn(linking, 'ben')
    expect([again.status, again.problem.code, isIn(again.browser)]).toEqual([
      403,
      'OIDC_USER_DISABLED',
      false,
    ])
    expect(await refusal('OIDC_USER_DISABLED')).toEqual({
      actor: 'nobody',
      outcome: 'refused',
      records: [{ kind: 'user', id }],
    })
  })

  describe('links', () => {
    test('belong to one user, are shown, and end with the login sessions that came by them', async () => {
      const id = await linkedUser('cleo', ['therapist'])
      const other = await linkedUser('carl', ['therapist'])
      expect(await codeOf(await manage('PUT', `/api/users/${other}/oidc`, { subject: 'cleo' }))).toEqual([
        409,
        'OIDC_SUBJECT_TAKEN',
      ])
      const shown = await manage('GET', `/api/users/${id}/oidc`)
      expect(await shown.json()).toMatchObject({ subject: 'cleo' })
      const { browser } = await logIn(linking, 'cleo')
      expect((await manage('DELETE', `/api/users/${id}/oidc`)).status).toBe(204)
      expect(await me(browser)).toMatchObject({ code: 'SESSION_ENDED' })
      expect((await logIn(linking, 'cleo')).problem.code).toBe('OIDC_USER_UNKNOWN')
      expect(await codeOf(await manage('GET', `/api/users/${id}/oidc`))).toEqual([404, 'OIDC_NOT_LINKED'])
    })

    test('are not to be made by those who may not manage users', async () => {
      const { browser } = await logIn(linking, 'subject-of-anna')
      const cookie = `myoserve_session=${browser.cookies.get('myoserve_session')}`
      const [{ id } = { id: '' }] = await database.sql`select id from myoserve.users where name = 'admin'`
      const answer = await manage('PUT', `/api/users/${id}/oidc`, { subject: 'mine' }, cookie)
      expect(await codeOf(answer)).toEqual([403, 'PERMISSION_DENIED'])
    })

    test('are made on the command line too', async () => {
      const run = async (...args: string[]) => {
        const folder = await temporaryFolder()
        const done = await runCli(target, ['user', ...args, '--data', folder.path], { env })
        await folder[Symbol.asyncDispose]()
        return done
      }
      expect((await logIn(linking, 'dora-at-the-provider')).status).toBe(403)
      await manage('POST', '/api/users', { name: 'dora', roles: ['therapist'] })
      expect((await run('link', 'dora', 'dora-at-the-provider')).exitCode).toBe(0)
      const { browser } = await logIn(linking, 'dora-at-the-provider')
      expect(await me(browser)).toMatchObject({ name: 'dora' })
      expect((await run('unlink', 'dora')).exitCode).toBe(0)
      expect((await logIn(linking, 'dora-at-the-provider')).status).toBe(403)
    })
  })

  describe('where users are made', () => {
    test('the first login makes one without a password, with the roles that the provider gives', async () => {
      provider.claims.set('sub-1', { preferred_username: 'Erik', name: 'Erik Ek', groups: ['cn=staff', 'x'] })
      const { browser, status } = await logIn(making, 'sub-1')
      expect(status).toBe(200)
      expect(await me(browser, making)).toMatchObject({ name: 'erik', roles: ['therapist'] })
      const rows = await database.sql`
        select display_name, password_hash, roles from myoserve.users where name = 'erik'`
      expect([...rows]).toEqual([{ display_name: 'Erik Ek', password_hash: null, roles: ['therapist'] }])
      // The same by another name is the same.
      provider.claims.set('sub-1', { preferred_username: 'erik2', groups: 'cn=staff' })
      expect(await me((await logIn(making, 'sub-1')).browser, making)).toMatchObject({ name: 'erik' })
      expect(await userNames()).not.toContain('erik2')
      const entries = await database.sql`
        select actor, route from myoserve.audit_log where action = 'users:manage' and actor = 'system'`
      expect(entries).toContainEqual({ actor: 'system', route: 'GET /api/login/oidc/callback' })
    })

    test('several first logins at once make one user', async () => {
      provider.claims.set('sub-2', { preferred_username: 'freya', groups: ['lab'] })
      const browsers = Array.from({ length: 4 }, createTestBrowser)
      const backs: URL[] = []
      for (const browser of browsers) backs.push(await toCallback(browser, making, 'sub-2'))
      const answers = await Promise.all(browsers.map((browser, i) => browser.get(backs[i] as URL)))
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
      expect((await userNames()).filter((name) => name === 'freya')).toHaveLength(1)
    })

    test('nobody becomes a user of here by the same name', async () => {
      provider.claims.set('sub-3', { preferred_username: 'admin', groups: ['bosses'] })
      const { status, problem, browser } = await logIn(making, 'sub-3')
      expect([status, problem.code, isIn(browser)]).toEqual([403, 'OIDC_USER_UNKNOWN', false])
    })

    test.each([['__proto__'], ['a b'], ['x'.repeat(65)], [''], [{ toString: 'x' }]])(
      'nobody becomes %p',
      async (name) => {
        provider.claims.set('sub-4', { preferred_username: name, groups: ['lab'] })
        expect((await logIn(making, 'sub-4')).problem?.code).toBe('OIDC_USER_UNKNOWN')
      },
    )

    test('roles that change at the provider change at the next login, in all login sessions', async () => {
      const claims = { preferred_username: 'gustav' }
      provider.claims.set('sub-5', { ...claims, groups: ['bosses'] })
      const { browser } = await logIn(making, 'sub-5')
      expect(await me(browser, making)).toMatchObject({ roles: ['admin'] })
      provider.claims.set('sub-5', { ...claims, groups: ['lab'] })
      const again = await logIn(making, 'sub-5')
      for (const each of [browser, again.browser]) {
        expect(await me(each, making)).toMatchObject({ roles: ['researcher'], pseudonymous: true })
      }
      provider.claims.set('sub-5', { ...claims, groups: ['cooks'] })
      const refused = await logIn(making, 'sub-5')
      expect([refused.status, refused.problem.code]).toEqual([403, 'OIDC_ROLES_REFUSED'])
      expect(await me(browser, making)).toMatchObject({ roles: [], permissions: ['account:use'] })
    })

    test.each([
      ['that see differently', ['lab', 'cn=staff']],
      ['that are not there', ['ghosts']],
      ['of which there are none', []],
      ['that are no texts', [['bosses'], { bosses: true }, null]],
      ['that are absent', undefined],
    ])('roles %s let nobody in', async (_, groups) => {
      provider.claims.set('sub-6', { preferred_username: 'hanna', groups })
      expect((await logIn(making, 'sub-6')).problem?.code).toBe('OIDC_ROLES_REFUSED')
      expect(await userNames()).not.toContain('hanna')
    })

    test('the last administrator cannot be taken away by the provider', async () => {
      await database.sql`update myoserve.users set disabled = true where name = 'admin'`
      provider.claims.set('sub-7', { preferred_username: 'ida', groups: ['bosses'] })
      const { browser } = await logIn(making, 'sub-7')
      provider.claims.set('sub-7', { preferred_username: 'ida', groups: ['lab'] })
      expect((await logIn(making, 'sub-7')).problem?.code).toBe('LAST_ADMINISTRATOR')
      expect(await me(browser, making)).toMatchObject({ roles: ['admin'] })
      await database.sql`update myoserve.users set disabled = false where name = 'admin'`
    })
  })

  test('a logout token of the provider ends all login sessions of its user, and nothing else does', async () => {
    const id = await linkedUser('lena', ['researcher'])
    const issued: Issued[] = []
    provider.forge = (each) => {
      issued.push(each)
      return each.idToken
    }
    const { browser: lena } = await logIn(linking, 'lena')
    const { idToken, sign } = issued[0] as Issued
    const now = Math.floor(Date.now() / 1000)
    const right = {
      iss: provider.issuer,
      aud: CLIENT_ID,
      sub: 'lena',
      iat: now,
      exp: now + 60,
      jti: 'a',
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    }
    const send = (token: string) =>
      fetch(`${making.url}/api/login/oidc/backchannel-logout`, {
        method: 'POST',
        body: new URLSearchParams({ logout_token: token }),
      })
    const { sub: _, ...nobody } = right
    const wrong = [
      idToken,
      '',
      new UnsecuredJWT(right).encode(),
      `${(await sign(right)).slice(0, -8)}AAAAAAAA`,
      await sign({ ...right, nonce: 'a' }),
      await sign({ ...right, aud: 'another' }),
      await sign({ ...right, iss: 'https://id.example' }),
      await sign({ ...right, iat: now - 3600, exp: now + 3600 }),
      await sign({ ...right, events: {} }),
      await sign({ ...nobody, sid: 'a' }),
      await sign(right, { typ: 'at+jwt' }),
    ]
    for (const token of wrong) expect(await codeOf(await send(token))).toEqual([400, 'OIDC_TOKEN_REFUSED'])
    expect(await me(lena)).toMatchObject({ name: 'lena' })
    expect((await send(await sign({ ...right, sub: 'stranger' }))).status).toBe(200)
    expect(await me(lena)).toMatchObject({ name: 'lena' })
    expect((await send(await sign(right, { typ: 'logout+jwt' }))).status).toBe(200)
    expect(await me(lena)).toMatchObject({ code: 'SESSION_ENDED' })
    const [entry] = await database.sql`
      select records from myoserve.audit_log where route = 'POST /api/login/oidc/backchannel-logout' and outcome = 'done'
      and records <> '[]'`
    expect(entry?.records).toEqual([{ kind: 'user', id }])
  })

  test('logging out leads to the provider, and back to us', async () => {
    const answer = await fetch(`${makingUrl}/api/login/oidc/logout`, { redirect: 'manual' })
    const url = new URL(answer.headers.get('location') ?? '')
    expect([answer.status, url.origin]).toEqual([303, provider.issuer])
    expect(url.searchParams.get('post_logout_redirect_uri')).toBe(`${makingUrl}/`)
  })
})
