/** Who is let in, as what, and how soon no more: on a real database, without the rest of a server. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { createLocalInvalidation } from '../../src/cache/invalidation/invalidation.ts'
import { personalHash } from '../../src/cache/key.ts'
import { createCacheState } from '../../src/cache/state.ts'
import { until } from '../support/redis.ts'
import { cookieOf, createWorld, type Node, PASSWORD, type World } from './world.ts'

setDefaultTimeout(60_000)

let world: World
let node: Node
let admin: string

beforeAll(async () => {
  world = await createWorld()
  node = await world.node()
  admin = await node.session(await world.user('root', 'admin'))
})
afterAll(() => world.close())

const sql = (text: string) => world.database.sql.unsafe(text)
const ask: Node['ask'] = (...args) => node.ask(...args)
const me = (as: string, on = node) => on.ask('GET', '/api/me', { as })

/** ms until a node refuses with 401. */
async function refusedAfter(on: Node, as: string): Promise<number> {
  const start = performance.now()
  while ((await me(as, on)).status !== 401) {
    if (performance.now() - start > 5000) throw new Error('it is let in for ever')
    await Bun.sleep(5)
  }
  return performance.now() - start
}

describe('a login', () => {
  test('gives a cookie that scripts, other sites and other paths have no use of', async () => {
    const answer = await ask('POST', '/api/login', { body: { name: ' ROOT', password: PASSWORD } })
    expect(answer.body).toMatchObject({ name: 'root' })
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const [, ...flags] = (answer.headers.get('set-cookie') ?? '').split('; ')
    expect(flags.toSorted()).toEqual(['HttpOnly', 'Max-Age=86400', 'Path=/', 'SameSite=Strict'])
    expect((await me(cookieOf(answer))).body).toMatchObject({
      name: 'root',
      roles: ['admin'],
      patients: 'all',
    })
  })

  test('makes a new secret each time, ends the one that the browser had, and takes none from outside', async () => {
    const id = await world.user('fixed', 'therapist')
    const planted = `myoserve_session=${id}.${'A'.repeat(43)}`
    expect((await me(planted)).status).toBe(401)
    const first = await node.login('fixed', PASSWORD, { cookie: planted })
    expect(first).not.toBe(planted)
    expect((await me(planted)).status).toBe(401)
    const second = await node.login('fixed', PASSWORD, { cookie: first })
    expect(second).not.toBe(first)
    expect([(await me(first)).status, (await me(second)).status]).toEqual([401, 200])
  })

  test('answers a wrong password, an unknown name and a disabled user alike', async () => {
    const id = await world.user('gone', 'therapist')
    await node.access.users.update(id, { disabled: true })
    const answers = []
    for (const body of [
      { name: 'root', password: 'wrong horse battery' },
      { name: 'stranger', password: PASSWORD },
      { name: 'gone', password: PASSWORD },
    ]) {
      const { status, headers, body: problem } = await ask('POST', '/api/login', { body })
      expect(headers.get('set-cookie')).toBeNull()
      answers.push({ status, ...problem, requestId: '' })
    }
    expect(answers[0]).toMatchObject({ status: 401, code: 'LOGIN_FAILED' })
    expect(answers[1]).toEqual(answers[0])
    expect(answers[2]).toEqual(answers[0])
  })

  test('ends with the cookie when it is logged out', async () => {
    const cookie = await node.login('root')
    const out = await ask('POST', '/api/logout', { as: cookie })
    expect([out.status, out.headers.get('set-cookie')]).toEqual([204, expect.stringContaining('Max-Age=0')])
    const { status, headers, body } = await me(cookie)
    expect([status, body.code]).toEqual([401, 'SESSION_ENDED'])
    expect(headers.get('set-cookie')).toContain('Max-Age=0')
    // A browser that still has it can log in.
    expect(
      (await ask('POST', '/api/login', { as: cookie, body: { name: 'root', password: PASSWORD } })).status,
    ).toBe(200)
  })

  test('keeps the twenty that were used last', async () => {
    const id = await world.user('busy', 'therapist')
    const cookies: string[] = []
    for (let i = 0; i < 3; i++) cookies.push(await node.session(id))
    await sql(`insert into myoserve.login_sessions (id, user_id, secret_hash, expires_at, address, agent)
      select gen_random_uuid(), id, sha256(n::text::bytea), now() + interval '1 h', '', ''
      from myoserve.users, generate_series(1, 18) n where name = 'busy'`)
    const last = await node.session(id)
    const statuses = await Promise.all([...cookies, last].map(async (each) => (await me(each)).status))
    expect(statuses).toEqual([401, 401, 200, 200])
    expect((await ask('GET', '/api/me/sessions', { as: last })).body.items).toHaveLength(20)
  })
})

describe('guessing', () => {
  const guess = async (name: string, password = 'wrong horse battery') =>
    ask('POST', '/api/login', { body: { name, password } })
  /** As if the wait were over. */
  const wait = () => sql("update myoserve.login_throttle set locked_until = now() - interval '1 s'")
  const reset = () => sql('delete from myoserve.login_throttle')
  /** s, of the one name that was guessed at. */
  const waitOf = async (name: string) => {
    const subject = `name:${personalHash(await createCacheState(world.database.db).secret(), name)}`
    const [row] = await sql(
      `select round(extract(epoch from locked_until - failed_at)) as wait from myoserve.login_throttle where subject = '${subject}'`,
    )
    return Number(row?.wait)
  }

  test.each(['victim', 'nobody-of-that-name'])(
    'the password of %s costs twice the wait each time',
    async (name) => {
      await reset()
      if (name === 'victim') await world.user(name, 'therapist')
      const waits: number[] = []
      for (let i = 0; i < 9; i++) {
        expect((await guess(name)).body.code).toBe('LOGIN_FAILED')
        waits.push(await waitOf(name))
        await wait()
      }
      expect(waits).toEqual([0, 0, 0, 0, 1, 2, 4, 8, 16])
      await sql("update myoserve.login_throttle set failures = 60 where subject like 'name:%'")
      await guess(name)
      expect(await waitOf(name)).toBe(900)
      const locked = await guess(name, PASSWORD)
      expect([locked.status, locked.body.code]).toEqual([429, 'LOGIN_THROTTLED'])
      expect(Number(locked.headers.get('retry-after'))).toBeWithin(800, 901)
      // The wait does not grow by asking in vain.
      expect(await waitOf(name)).toBe(900)
    },
  )

  test('is forgotten after a login, and after a day', async () => {
    await reset()
    for (let i = 0; i < 4; i++) await guess('root')
    expect((await guess('root', PASSWORD)).status).toBe(200)
    for (let i = 0; i < 4; i++) expect((await guess('root')).status).toBe(401)
    await sql("update myoserve.login_throttle set failed_at = now() - interval '25 h', failures = 60")
    expect((await guess('root')).status).toBe(401)
    expect((await guess('root', PASSWORD)).status).toBe(200)
  })

  test('many at once get no further than one after the other', async () => {
    await reset()
    const answers = await Promise.all(Array.from({ length: 12 }, () => guess('root')))
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(7)
    await reset()
  })

  test('by many names from one address is slowed down too; whoever knows one password does not wash it off', async () => {
    await reset()
    await sql('update myoserve.login_throttle set failures = 0')
    expect((await guess('name-0')).status).toBe(401)
    await sql("update myoserve.login_throttle set failures = 52 where subject like 'address:%'")
    expect((await guess('root', PASSWORD)).status).toBe(200)
    const [row] = await sql("select failures from myoserve.login_throttle where subject like 'address:%'")
    expect(row?.failures).toBe(52)
    expect((await guess('name-1')).status).toBe(429)
    await reset()
  })

  test('by way of the own password counts too', async () => {
    await reset()
    const as = await node.session(await world.user('typist', 'therapist'))
    const change = (current: string) =>
      ask('PUT', '/api/me/password', { as, body: { current, password: 'quite another battery' } })
    for (let i = 0; i < 5; i++) expect((await change('wrong horse battery')).body.code).toBe('PASSWORD_WRONG')
    expect(await waitOf('typist')).toBe(1)
    await sql(
      "update myoserve.login_throttle set locked_until = now() + interval '1 h' where subject like 'name:%'",
    )
    expect((await change(PASSWORD)).body.code).toBe('LOGIN_THROTTLED')
    await reset()
  })
})

describe('a login session', () => {
  test('lives for 24 h from its last use', async () => {
    const id = await world.user('slider', 'therapist')
    const as = await node.session(id)
    const hours = async () => {
      const [row] = await sql(
        `select extract(epoch from expires_at - now()) / 3600 as left from myoserve.login_sessions where user_id = '${id}'`,
      )
      return Number(row?.left)
    }
    const age = (left: string) =>
      sql(`update myoserve.login_sessions set created_at = now() - interval '3 d', seen_at = now() - interval '24 h'
        + interval '${left}', expires_at = now() + interval '${left}' where user_id = '${id}'`)
    expect(await hours()).toBeCloseTo(24, 1)
    await age('1 min')
    expect(await hours()).toBeLessThan(0.1)
    await Bun.sleep(550)
    expect((await me(as)).status).toBe(200)
    for (let i = 0; (await hours()) < 23; i++) {
      expect(i).toBeLessThan(200)
      await Bun.sleep(5)
    }
    await age('-1 s')
    await Bun.sleep(550)
    expect((await me(as)).status).toBe(401)
    // What has expired lives no longer by being used.
    expect(await hours()).toBeLessThan(0)
  })

  test('is ended by its user on every node before the answer comes; others go on', async () => {
    const userId = await world.user('two', 'therapist')
    const other = await world.node()
    const [first, second] = [await node.session(userId), await node.session(userId)]
    expect((await me(second, other)).status).toBe(200)
    const { items } = (await ask('GET', '/api/me/sessions', { as: first })).body
    expect(items.map(({ current }: { current: boolean }) => current).toSorted()).toEqual([false, true])
    const { id } = items.find(({ current }: { current: boolean }) => !current)
    expect((await ask('DELETE', `/api/me/sessions/${id}`, { as: first })).status).toBe(204)
    expect((await me(second, other)).status).toBe(401)
    expect((await ask('DELETE', `/api/me/sessions/${id}`, { as: first })).body.code).toBe(
      'LOGIN_SESSION_NOT_FOUND',
    )
    const third = await node.session(userId)
    expect((await ask('DELETE', '/api/me/sessions', { as: third })).status).toBe(204)
    expect([(await me(first)).status, (await me(third, other)).status]).toEqual([401, 200])
  })

  test('of somebody else is not to be ended', async () => {
    const eve = await node.session(await world.user('eve', 'therapist'))
    const { items } = (await ask('GET', '/api/me/sessions', { as: admin })).body
    expect((await ask('DELETE', `/api/me/sessions/${items[0].id}`, { as: eve })).status).toBe(404)
    expect((await me(admin)).status).toBe(200)
  })

  test('ends when another password is chosen, but for the one by which it is', async () => {
    const id = await world.user('chooser', 'therapist')
    const [here, there] = [await node.session(id), await node.session(id)]
    const body = { current: PASSWORD, password: 'quite another battery' }
    expect((await ask('PUT', '/api/me/password', { as: here, body })).status).toBe(204)
    expect([(await me(here)).status, (await me(there)).status]).toEqual([200, 401])
    await expect(node.login('chooser')).rejects.toThrow('LOGIN_FAILED')
    await node.login('chooser', 'quite another battery')
  })
})

describe('a node that hears of nothing', () => {
  test('lets nobody in for a second more: login sessions, users, keys', async () => {
    // It believes that it hears of everything, and hears of nothing.
    const deaf = await world.node(createLocalInvalidation())
    const waits: number[] = []
    for (let round = 0; round < 3; round++) {
      const id = await world.user(`deaf-${round}`, 'therapist')
      const key = await node.access.keys.create(
        { name: `deaf-${round}`, permissions: ['grip:read'], patients: null, expiresAt: null },
        null,
      )
      const logins = [await node.session(id), await node.session(id)] as const
      for (const as of [...logins, key.text]) expect((await me(as, deaf)).status).toBe(200)
      const [first] = await node.access.sessions.list(id)
      await node.access.sessions.end(id, first?.id as string)
      waits.push(await refusedAfter(deaf, logins[1]))
      expect((await me(logins[0], deaf)).status).toBe(200)
      await node.access.users.update(id, { disabled: true })
      waits.push(await refusedAfter(deaf, logins[0]))
      expect((await me(key.text, deaf)).status).toBe(200)
      await node.access.keys.revoke(key.key.id)
      waits.push(await refusedAfter(deaf, key.text))
    }
    expect(Math.max(...waits)).toBeLessThan(1000)
  })

  test('goes by what is changed in the database by hand', async () => {
    const id = await world.user('by-hand', 'therapist')
    const as = await node.session(id)
    expect((await ask('GET', '/api/grip/write', { as })).status).toBe(200)
    await sql(`update myoserve.users set roles = '{researcher}' where id = '${id}'`)
    await Bun.sleep(600)
    expect((await ask('GET', '/api/grip/write', { as })).status).toBe(403)
    await sql(`delete from myoserve.login_sessions where user_id = '${id}'`)
    expect(await refusedAfter(node, as)).toBeLessThan(1000)
  })
})

describe('rights', () => {
  test('are those of the roles, and others in the next request on every node, also in cached answers', async () => {
    const other = await world.node()
    const id = await world.user('changing', 'therapist')
    const as = await node.session(id)
    const read = (on: Node) => on.ask('GET', '/api/grip/read', { as })
    for (const on of [node, other, node, other]) {
      expect((await read(on)).body).toMatchObject({ scope: { therapist: 'changing' }, pseudonymous: false })
    }
    const set = (roles: string[]) => ask('PATCH', `/api/users/${id}`, { as: admin, body: { roles } })
    expect((await set(['researcher'])).status).toBe(200)
    expect((await read(other)).body).toMatchObject({ scope: 'all', pseudonymous: true })
    expect((await other.ask('GET', '/api/grip/write', { as })).body.code).toBe('PERMISSION_DENIED')
    expect((await set(['admin'])).status).toBe(200)
    expect((await read(other)).body).toMatchObject({ scope: 'all', pseudonymous: false })
    expect((await set(['therapist'])).status).toBe(200)
    expect((await read(other)).body).toMatchObject({ scope: { therapist: 'changing' } })
  })

  test('cannot be given by who has not got them, nor taken over', async () => {
    const desk = await world.user('desk', 'grip-desk')
    const id = await world.user('boss', 'admin')
    const as = await node.session(desk)
    const post = (roles: string[]) => ask('POST', '/api/users', { as, body: { name: 'made', roles } })
    expect((await post(['admin'])).body.code).toBe('PERMISSION_DENIED')
    expect((await post(['therapist'])).body.code).toBe('PERMISSION_DENIED')
    expect((await post(['grip-desk'])).status).toBe(201)
    for (const [method, path, body] of [
      ['POST', `/api/users/${id}/reset`, undefined],
      ['DELETE', `/api/users/${id}`, undefined],
      ['DELETE', `/api/users/${id}/sessions`, undefined],
      ['PATCH', `/api/users/${id}`, { disabled: true }],
    ] as const) {
      expect([path, (await ask(method, path, { as, body })).body.code]).toEqual([path, 'PERMISSION_DENIED'])
    }
    expect(
      (await ask('POST', '/api/keys', { as, body: { name: 'k', permissions: ['grip:read'] } })).status,
    ).toBe(403)
  })

  test('are not to be had by a link that was made before the user had them', async () => {
    const as = await node.session(await world.user('early-desk', 'grip-desk'))
    const body = { name: 'rising', roles: ['grip-desk'] }
    const made = (await ask('POST', '/api/users', { as, body })).body
    const change = (changes: object) => ask('PATCH', `/api/users/${made.id}`, { as: admin, body: changes })
    const use = (link: { path: string }) =>
      ask('POST', '/api/setup', { body: { token: link.path.split('=')[1], password: PASSWORD } })
    await change({ roles: ['admin'] })
    expect((await use(made.link)).body.code).toBe('SETUP_LINK_REFUSED')
    const reset = () => ask('POST', `/api/users/${made.id}/reset`, { as: admin })
    const { body: link } = await reset()
    await change({ roles: ['admin'], displayName: 'Risen' })
    expect((await use(link)).status).toBe(201)
  })

  test.each([
    [['dancer'], 'ROLE_UNKNOWN'],
    [['service'], 'ROLE_UNKNOWN'],
    [['therapist', 'researcher'], 'ROLES_CONFLICT'],
  ])('of %p are refused: %s', async (roles, code) => {
    const { status, body } = await ask('POST', '/api/users', { as: admin, body: { name: 'odd', roles } })
    expect([status, body.code]).toEqual([422, code])
  })
})

describe('a user', () => {
  test('is made without a password, chooses one by the link, once, and is let in', async () => {
    const made = await ask('POST', '/api/users', { as: admin, body: { name: 'Lena', roles: ['therapist'] } })
    expect([made.status, made.body.name, made.body.hasPassword]).toEqual([201, 'lena', false])
    const token = made.body.link.path.split('=')[1]
    const choose = (password: string) => ask('POST', '/api/setup', { body: { token, password } })
    expect((await choose('short')).status).toBe(400)
    expect((await choose('i-am-lena-of-course')).body.errors[0].path).toBe('body.password')
    const chosen = await choose(PASSWORD)
    expect(chosen.status).toBe(201)
    expect((await me(cookieOf(chosen))).body).toMatchObject({ name: 'lena', patients: 'own' })
    expect((await choose('quite another battery')).body.code).toBe('SETUP_LINK_REFUSED')
    await node.login('lena')
  })

  test('whose password is reset is let in by nothing but the newest link', async () => {
    const id = await world.user('reset', 'therapist')
    const as = await node.session(id)
    const reset = async () =>
      (await ask('POST', `/api/users/${id}/reset`, { as: admin })).body.path.split('=')[1]
    const [old, token] = [await reset(), await reset()]
    expect((await me(as)).status).toBe(401)
    await expect(node.login('reset')).rejects.toThrow('LOGIN_FAILED')
    const use = (each: string) => ask('POST', '/api/setup', { body: { token: each, password: PASSWORD } })
    expect((await use(old)).status).toBe(403)
    await sql(
      "update myoserve.setup_tokens set created_at = now() - interval '2 d', expires_at = now() - interval '1 s'",
    )
    expect((await use(token)).status).toBe(403)
    const fresh = await reset()
    const both = await Promise.all([use(fresh), use(fresh)])
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 403])
  })

  test('who is disabled is let in nowhere before the answer comes, and is let in again', async () => {
    const other = await world.node()
    const id = await world.user('pause', 'therapist')
    const as = await other.session(id)
    const path = `/api/users/${id}`
    const seen = await ask('GET', path, { as: admin })
    const change = (disabled: boolean, match: string | null) =>
      ask('PATCH', path, { as: admin, body: { disabled }, headers: { 'if-match': match } })
    expect((await change(true, '"v7"')).status).toBe(412)
    expect((await change(true, seen.headers.get('etag'))).body.disabled).toBe(true)
    expect((await me(as, other)).status).toBe(401)
    await expect(other.login('pause')).rejects.toThrow('LOGIN_FAILED')
    expect((await change(false, '*')).status).toBe(200)
    expect((await me(await other.session(id), other)).status).toBe(200)
  })

  test('who is removed leaves nothing to log in by', async () => {
    const id = await world.user('leaver', 'therapist')
    const as = await node.session(id)
    expect((await ask('DELETE', `/api/users/${id}`, { as: admin })).status).toBe(204)
    expect((await me(as)).status).toBe(401)
    expect((await ask('GET', `/api/users/${id}`, { as: admin })).body.code).toBe('USER_NOT_FOUND')
  })

  test('who is the last administrator stays one, though two go at once', async () => {
    const fresh = await createWorld()
    try {
      const alone = await fresh.node()
      const ids = [await fresh.user('one', 'admin'), await fresh.user('other', 'admin')]
      const gone = await Promise.allSettled([
        alone.access.users.update(ids[0] as string, { disabled: true }),
        alone.access.users.remove(ids[1] as string),
      ])
      expect(gone.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
      const left = (await alone.access.users.list(9)).filter(({ disabled }) => !disabled)
      expect(left).toHaveLength(1)
      const demotion = alone.access.users.update(left[0]?.id as string, { roles: ['therapist'] })
      await expect(demotion).rejects.toThrow('Nobody would be left')
    } finally {
      await fresh.close()
    }
  })

  test('of a name that is taken, or none, is not made', async () => {
    const make = async (name: string) =>
      (await ask('POST', '/api/users', { as: admin, body: { name, roles: ['therapist'] } })).body.code
    expect(await make('ROOT')).toBe('USER_NAME_TAKEN')
    for (const name of ['', '-x', 'a b', 'ä', 'x'.repeat(65)])
      expect(await make(name)).toBe('INVALID_REQUEST')
  })
})

describe('a key', () => {
  const make = async (rest: object = {}) => {
    const body = { name: `key ${crypto.randomUUID()}`, permissions: ['grip:read'], ...rest }
    return ask('POST', '/api/keys', { as: admin, body })
  }

  test('has its own permissions and patients, and is shown once', async () => {
    const made = await make({ patients: ['P001', 'P002'] })
    expect(made.status).toBe(201)
    const as = made.body.key
    const read = await ask('GET', '/api/grip/read', { as })
    expect(read.body).toMatchObject({
      scope: { patients: ['P001', 'P002'] },
      roles: ['service'],
      pseudonymous: false,
    })
    expect((await ask('GET', '/api/grip/write', { as })).status).toBe(403)
    expect((await ask('GET', '/api/users', { as })).status).toBe(403)
    expect((await ask('GET', '/api/me/sessions', { as })).body.code).toBe('NOT_A_USER')
    const list = await ask('GET', '/api/keys?limit=1', { as: admin })
    expect(JSON.stringify(list.body)).not.toContain(as.slice(-43))
    // The use is noted behind the answer.
    const used = async () => (await ask('GET', `/api/keys/${made.body.id}`, { as: admin })).body.lastUsedAt
    expect(await until(async () => (await used()) !== null, 5000)).toBeNumber()
  })

  test('that is wrong, unknown, malformed, expired or revoked is refused alike', async () => {
    const made = await make({ expiresAt: new Date(Date.now() + 3.6e6).toISOString() })
    const as: string = made.body.key
    expect((await me(as)).body).toMatchObject({
      id: `key:${made.body.id}`,
      permissions: ['account:use', 'grip:read'],
    })
    const other = as.at(-1) === 'A' ? 'B' : 'A'
    const wrong = [as.slice(0, -1) + other, as.replace(made.body.id, crypto.randomUUID()), 'myo_', `${as}x`]
    for (const each of wrong) expect([each, (await me(each)).body.code]).toEqual([each, 'KEY_REFUSED'])
    await sql(`update myoserve.api_keys set created_at = now() - interval '2 d', expires_at = now() - interval '1 s'
      where id = '${made.body.id}'`)
    expect(await refusedAfter(node, as)).toBeLessThan(1000)
    const second = (await make()).body
    expect((await me(second.key)).status).toBe(200)
    expect((await ask('DELETE', `/api/keys/${second.id}`, { as: admin })).body.revokedAt).toBeString()
    expect((await me(second.key)).body.code).toBe('KEY_REFUSED')
    expect((await ask('GET', `/api/keys/${second.id}`, { as: admin })).body.revokedAt).toBeString()
  })

  test.each([
    [{ permissions: ['nothing:read'] }, 'PERMISSION_UNKNOWN'],
    [{ permissions: ['account:use'] }, 'PERMISSION_UNKNOWN'],
    [{ permissions: [] }, 'INVALID_REQUEST'],
    [{ patients: [] }, 'INVALID_REQUEST'],
    [{ expiresAt: '2020-01-01T00:00:00Z' }, 'EXPIRY_PASSED'],
  ])('of %p is not made: %s', async (rest, code) => {
    expect((await make(rest)).body.code).toBe(code)
  })

  test('of a name that is in use is not made, until that one is revoked', async () => {
    const name = 'unique'
    const { body } = await make({ name })
    expect((await make({ name })).body.code).toBe('KEY_NAME_TAKEN')
    await ask('DELETE', `/api/keys/${body.id}`, { as: admin })
    expect((await make({ name })).status).toBe(201)
  })
})

test('no secret stands in the database', async () => {
  const as = await node.login('root')
  const { body } = await ask('POST', '/api/keys', {
    as: admin,
    body: { name: 'dump', permissions: ['grip:read'] },
  })
  const link = await node.access.setup.forUser((await world.user('dumped', 'therapist')) as string)
  const tables = await sql(
    "select table_schema || '.' || table_name as t from information_schema.tables where table_schema = 'myoserve'",
  )
  const dump = (await Promise.all(tables.map(({ t }) => sql(`select to_jsonb(r)::text as row from ${t} r`))))
    .flat()
    .map(({ row }) => row)
    .join('\n')
  expect(dump).toContain('root')
  for (const secret of [
    PASSWORD,
    as.split('.')[1],
    body.key.slice(-43),
    link.path.split('=')[1],
  ] as string[]) {
    expect(secret.length).toBeGreaterThan(20)
    expect(dump).not.toContain(secret)
    expect(dump).not.toContain(Buffer.from(secret).toString('hex'))
  }
})

describe('preferences', () => {
  const CHOSEN = { language: 'fr', theme: 'dark', choices: { 'signals.view': 'envelope' } }
  const path = '/api/me/preferences'

  test('are the user’s own, on every node at once, and go with the user', async () => {
    const id = await world.user('prefers', 'therapist')
    const [first, second] = [
      await node.session(id),
      await node.session(await world.user('undecided', 'therapist')),
    ]
    const far = await world.node()
    const none = { language: null, theme: null, choices: {} }
    expect((await far.ask('GET', path, { as: first })).body).toEqual(none)
    expect((await ask('PUT', path, { as: first, body: CHOSEN })).status).toBe(200)
    expect((await far.ask('GET', path, { as: first })).body).toEqual(CHOSEN)
    expect((await ask('GET', path, { as: second })).body).toEqual(none)
    await sql(`delete from myoserve.users where id = '${id}'`)
    expect(await sql(`select 1 from myoserve.user_preferences where user_id = '${id}'`)).toHaveLength(0)
  })

  test.each([
    ['a language that there is not', { language: 'xx' }],
    ['a theme that there is not', { theme: 'purple' }],
    ['a choice without a proper name', { choices: { 'Not a name': 'x' } }],
    [
      'too many choices',
      { choices: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`a${i}`, 'x'])) },
    ],
    ['more', { more: 1 }],
  ])('refuse %s', async (_, body) => {
    expect((await ask('PUT', path, { as: admin, body })).status).toBe(400)
  })
})
