/** What requests leave in the log: reads, changes, refusals; and what becomes of them where it cannot be written. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { closeSync, existsSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { sql as statement } from 'drizzle-orm'
import pino from 'pino'
import * as v from 'valibot'
import type { AuditSystem } from '../../src/audit/open.ts'
import { createCacheSystem } from '../../src/cache/system.ts'
import { createApp } from '../../src/http/app.ts'
import type { AccessControl } from '../../src/http/guard.ts'
import { Problem } from '../../src/http/problem.ts'
import { type Route, route } from '../../src/http/route.ts'
import { concerning } from '../../src/identity/acting.ts'
import { type Identity, NOBODY, OPEN } from '../../src/identity/identity.ts'
import { type AuditedDatabase, createAuditedDatabase, until } from '../support/audit.ts'
import { startTestDatabases, type TestDatabases } from '../support/database.ts'

let databases: TestDatabases
let log: AuditedDatabase
let system: AuditSystem
beforeAll(async () => {
  databases = await startTestDatabases()
  log = await createAuditedDatabase(databases)
  system = await log.open()
})
afterAll(async () => {
  await log?.[Symbol.asyncDispose]()
  await databases?.stop()
})

const THERAPIST: Identity = {
  ...OPEN,
  id: 'user:7',
  permissions: new Set(['things:read', 'things:write']),
  scope: { patients: ['P001'] },
}

const access: AccessControl = {
  identify(c) {
    const who = c.req.header('authorization')
    return who === undefined ? NOBODY : who === 'all' ? OPEN : THERAPIST
  },
  records: new Map([
    [
      'patient',
      {
        visible: (id, scope) =>
          typeof scope === 'object' && 'patients' in scope && scope.patients.includes(id),
        missing: () => new Problem(404, 'PATIENT_NOT_FOUND', 'There is no such patient.'),
      },
    ],
  ]),
}

const params = v.object({ code: v.pipe(v.string(), v.regex(/^P\d{3}$/)) })
const base = { summary: 's', answers: { 200: { description: 'd', schema: v.looseObject({}) } } } as const
const read = { ...base, method: 'get', policy: 'things:read' } as const
const write = { ...base, method: 'post', policy: 'things:write' } as const

/** The routes of a plugin, on the database that it would be handed. */
function routesOn(db: ReturnType<AuditSystem['database']>): Route[] {
  const insert = (id: number) => statement`insert into things values (${id}, 'Meier')`
  return [
    route({ ...read, path: '/api/one/{code}', concerns: { patient: 'code' }, params, handle: () => ({}) }),
    route({
      ...read,
      path: '/api/kept/{code}',
      concerns: { patient: 'code' },
      params,
      cache: { ttl: '1h' },
      handle: () => ({ items: [1, 2, 3] }),
    }),
    route({
      ...read,
      path: '/api/list',
      concerns: 'filtered',
      query: v.object({ patient: v.optional(v.string()) }),
      handle: () => ({ items: [1, 2] }),
    }),
    route({
      ...read,
      path: '/api/session/{id}',
      concerns: { session: 'id' },
      params: v.object({ id: v.pipe(v.string(), v.uuid()) }),
      handle: () => ({}),
    }),
    route({ ...read, path: '/api/all', handle: () => ({}) }),
    route({ ...read, path: '/api/nothing', concerns: 'nothing', handle: () => ({}) }),
    route({
      ...read,
      path: '/api/fails',
      concerns: 'filtered',
      handle: () => Promise.reject(new Error('Meier')),
    }),
    route({
      ...write,
      path: '/api/one/{code}',
      concerns: { patient: 'code' },
      params,
      async handle({ params: { code } }) {
        await db.transaction(async (tx) => {
          concerning({ kind: 'thing', id: code.slice(1) })
          await tx.execute(insert(Number(code.slice(1))))
        })
        return {}
      },
    }),
    route({
      ...write,
      path: '/api/alone/{id}',
      concerns: 'nothing',
      params: v.object({ id: v.string() }),
      async handle({ params: { id } }) {
        await db.execute(insert(Number(id)))
        return {}
      },
    }),
    route({
      ...write,
      path: '/api/back',
      concerns: 'nothing',
      async handle() {
        await db.transaction(async (tx) => {
          await tx.execute(insert(1000))
          throw new Problem(409, 'THING_TAKEN', 'Meier has it.')
        })
      },
    }),
    route({ ...write, path: '/api/idle', concerns: 'nothing', handle: () => ({}) }),
    route({
      ...write,
      path: '/api/looks',
      concerns: 'nothing',
      async handle() {
        await db.transaction(async (tx) => void (await tx.execute(statement`select * from things`)))
        return {}
      },
    }),
    route({
      ...write,
      path: '/api/said',
      concerns: 'nothing',
      async handle() {
        await db.transaction(async (tx) => {
          await tx.execute(insert(2000))
          await system.audit.record({ action: 'things:erase', outcome: 'done' }, tx)
        })
        return {}
      },
    }),
  ]
}

const silent = pino({ level: 'silent' })

function appOf(of: AuditSystem) {
  const cache = createCacheSystem({ memoryBytes: 1e6, secret: 'test' })
  const routes = routesOn(of.database('PLUGIN things'))
  const app = createApp({ routes, log: silent, cache, release: 'test', access, audit: of.request })
  return async (method: string, path: string, headers: Record<string, string> = { authorization: 'all' }) => {
    const answer = await app.fetch(
      new Request(`http://127.0.0.1${path}`, { method, headers: { host: '127.0.0.1', ...headers } }),
    )
    return { status: answer.status, headers: answer.headers, text: await answer.text() }
  }
}

/** The entries of one request, when they have come to the database. */
async function entriesOf(answer: { readonly headers: Headers; readonly text: string }, count = 1) {
  const id = answer.headers.get('x-request-id') ?? JSON.parse(answer.text).requestId
  const find = () => log.sql`
    select actor, action, route, records, count, outcome, code, address from myoserve.audit_log
    where request_id = ${id} order by id`
  await until(async () => (await find()).length >= count, `entries of ${id}`)
  return [...(await find())]
}

describe('a request that reads what belongs to patients', () => {
  test('leaves who, what, which record, from where and how it ended', async () => {
    const ask = appOf(system)
    expect(await entriesOf(await ask('GET', '/api/one/P001'))).toEqual([
      {
        actor: 'open',
        action: 'things:read',
        route: 'GET /api/one/{code}',
        records: [{ kind: 'patient', id: 'P001' }],
        count: null,
        outcome: 'done',
        code: null,
        address: '127.0.0.1',
      },
    ])
  })

  test('names a record by one id, however it was written', async () => {
    const id = '01a1fecd-733e-7505-9aae-2eb0a994cf71'
    const answer = await appOf(system)('GET', `/api/session/${id.toUpperCase()}`)
    expect((await entriesOf(answer))[0]?.records).toEqual([{ kind: 'session', id }])
  })

  test('is recorded where its answer comes from the cache, or is one that the client has', async () => {
    const ask = appOf(system)
    const first = await ask('GET', '/api/kept/P001')
    const etag = first.headers.get('etag') ?? ''
    const hit = await ask('GET', '/api/kept/P001')
    const known = await ask('GET', '/api/kept/P001', { authorization: 'all', 'if-none-match': etag })
    expect([first.headers.get('x-items'), hit.headers.get('x-items')]).toEqual([null, null])
    expect([hit.headers.get('x-cache')?.slice(0, 3), known.status]).toEqual(['HIT', 304])
    for (const answer of [first, hit, known]) {
      expect(await entriesOf(answer)).toMatchObject([
        { records: [{ kind: 'patient', id: 'P001' }], outcome: 'done', count: 3 },
      ])
    }
  })

  test('names the patient that a list is filtered by, and how many records it holds', async () => {
    const ask = appOf(system)
    expect(await entriesOf(await ask('GET', '/api/list?patient=P001'))).toMatchObject([
      { records: [{ kind: 'patient', id: 'P001' }], count: 2 },
    ])
    expect(await entriesOf(await ask('GET', '/api/all'))).toMatchObject([{ records: [], count: null }])
  })

  test.each([
    ['nobody', {}, '/api/one/P001', 401, 'LOGIN_REQUIRED', 'nobody'],
    ['somebody who may not see all', { authorization: 'x' }, '/api/all', 403, 'PERMISSION_DENIED', 'user:7'],
    ['somebody else', { authorization: 'x' }, '/api/one/P002', 404, 'PATIENT_NOT_FOUND', 'user:7'],
  ] as const)(
    'that is refused to %s is recorded with its code',
    async (_, headers, path, status, code, actor) => {
      const answer = await appOf(system)('GET', path, headers)
      expect(answer.status).toBe(status)
      const id = path.split('/')[3]
      const records = id ? [{ kind: 'patient', id }] : []
      expect(await entriesOf(answer)).toMatchObject([{ actor, outcome: 'refused', code, records }])
    },
  )

  test('that fails is recorded so, and what is no record of anybody is not recorded', async () => {
    const ask = appOf(system)
    expect(await entriesOf(await ask('GET', '/api/fails'))).toMatchObject([
      { outcome: 'failed', code: 'INTERNAL_ERROR' },
    ])
    const answer = await ask('GET', '/api/nothing')
    await entriesOf(await ask('GET', '/api/all'))
    expect(await entriesOf(answer, 0)).toEqual([])
  })
})

describe('a request that changes something', () => {
  test('leaves one entry, committed with the change, which names what it came to concern', async () => {
    const answer = await appOf(system)('POST', '/api/one/P101')
    // It is there before the answer: no journal was between.
    expect(await entriesOf(answer, 0)).toMatchObject([
      {
        action: 'things:write',
        outcome: 'done',
        records: [
          { kind: 'patient', id: 'P101' },
          { kind: 'thing', id: '101' },
        ],
      },
    ])
  })

  test('by a single statement is a transaction with its entry', async () => {
    const ask = appOf(system)
    const answer = await ask('POST', '/api/alone/300')
    expect(await entriesOf(answer, 0)).toMatchObject([{ route: 'POST /api/alone/{id}', outcome: 'done' }])
    const again = await ask('POST', '/api/alone/300')
    expect(again.status).toBe(500)
    expect(await entriesOf(again)).toMatchObject([{ outcome: 'failed', code: 'INTERNAL_ERROR' }])
  })

  test('that rolls back leaves that it was refused, and never that it was done', async () => {
    const answer = await appOf(system)('POST', '/api/back')
    expect(answer.status).toBe(409)
    expect(await entriesOf(answer)).toMatchObject([{ outcome: 'refused', code: 'THING_TAKEN' }])
    expect(await log.sql`select * from things where id = 1000`).toHaveLength(0)
  })

  test.each(['/api/idle', '/api/looks'])(
    'without a change in the database is recorded once: %s',
    async (path) => {
      expect(await entriesOf(await appOf(system)('POST', path))).toMatchObject([{ outcome: 'done' }])
    },
  )

  test('that is recorded by hand in its transaction is recorded so alone', async () => {
    const answer = await appOf(system)('POST', '/api/said')
    await log.sealed()
    expect(await entriesOf(answer)).toMatchObject([{ action: 'things:erase', outcome: 'done' }])
  })
})

test('what was recorded by hand in a transaction that is no plugin’s needs no other entry', async () => {
  const own = route({
    ...write,
    path: '/api/own',
    concerns: 'nothing',
    async handle() {
      await log.connection.db.transaction((tx) =>
        system.audit.record({ action: 'login', outcome: 'done', actor: 'user:9' }, tx as never),
      )
      return {}
    },
  })
  const cache = createCacheSystem({ memoryBytes: 1e6, secret: 'test' })
  const app = createApp({ routes: [own], log: silent, cache, release: 'test', access, audit: system.request })
  const headers = { host: '127.0.0.1', authorization: 'all' }
  const answer = await app.fetch(new Request('http://127.0.0.1/api/own', { method: 'POST', headers }))
  await Bun.sleep(300)
  expect(await entriesOf({ headers: answer.headers, text: await answer.text() })).toMatchObject([
    { action: 'login', actor: 'user:9', outcome: 'done' },
  ])
})

test('nothing that was sent, and no message, is in the log but ids', async () => {
  const ask = appOf(system)
  const answers = [
    await ask('GET', '/api/one/Meier'),
    await ask('GET', '/api/list?patient=Hans%20Meier&name=Meier'),
    await ask('POST', '/api/one/Meier?name=Meier', { authorization: 'Bearer Meier', 'user-agent': 'Meier' }),
    await ask('GET', '/api/Meier'),
  ]
  for (const answer of answers.slice(0, 3)) await entriesOf(answer)
  const [row] =
    await log.sql`select count(*)::int as found from myoserve.audit_log a where a::text ilike '%meier%'`
  expect(row?.found).toBe(0)
  expect(log.log.join('')).not.toMatch(/meier/i)
})

describe('what a plugin does by itself', () => {
  test('is the system’s, by the name of the plugin, done or failed', async () => {
    const db = system.database('PLUGIN clock')
    await db.transaction(async (tx) => {
      await tx.execute(statement`insert into things values (5000, 'x')`)
    })
    await db.execute(statement`delete from things where id = 4999`)
    await db
      .transaction(async (tx) => void (await tx.execute(statement`insert into things values (5000, 'x')`)))
      .catch(() => 0)
    const find = () => log.sql`
      select actor, action, outcome from myoserve.audit_log where route = 'PLUGIN clock' order by id`
    await until(async () => (await find()).length === 2, 'entries')
    expect([...(await find())]).toMatchObject([
      { actor: 'system', action: 'system:change', outcome: 'done' },
      { actor: 'system', action: 'system:change', outcome: 'failed' },
    ])
  })
})

/** Asks as often as connections that were cut are in the way. */
async function again<T>(ask: () => Promise<T>): Promise<T> {
  for (let left = 20; ; left--) {
    try {
      return await ask()
    } catch (error) {
      if (left === 0) throw error
      await Bun.sleep(50)
    }
  }
}

describe('while the database is away', () => {
  test('reads that need it not are answered, and come to the log when it is back', async () => {
    const ask = appOf(system)
    await ask('GET', '/api/kept/P001')
    const goOn = databases.freeze()
    const answers = []
    try {
      for (let i = 0; i < 20; i++) answers.push(await ask('GET', '/api/kept/P001'))
      expect(answers.every(({ status }) => status === 200)).toBe(true)
      expect(readdirSync(log.folder).some((name) => name.startsWith('journal-'))).toBe(true)
    } finally {
      goOn()
    }
    for (const answer of answers) expect(await entriesOf(answer)).toHaveLength(1)
  })

  test('its connections may be cut: what was carried is carried again, once', async () => {
    const ask = appOf(system)
    const answers = []
    for (let i = 0; i < 10; i++) {
      answers.push(await ask('GET', '/api/kept/P001'))
      await log.sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`.catch(() => undefined)
    }
    // The connections of the test are cut too: some of them are yet to notice.
    for (const answer of answers) expect(await again(() => entriesOf(answer))).toHaveLength(1)
    await again(() => log.sealed())
    expect((await again(() => log.verify())).breaks).toEqual([])
  })
})

describe('where nothing can be recorded', () => {
  const FULL = '/dev/full'

  test.skipIf(!existsSync(FULL))(
    `a read is refused with 503, and answered again when there is room${existsSync(FULL) ? '' : ': this system has no /dev/full'}`,
    async () => {
      await using full = await createAuditedDatabase(databases)
      const { openJournal, SYSTEM_CALLS } = await import('../../src/audit/journal.ts')
      const { auditRequests } = await import('../../src/audit/requests.ts')
      const { entryOf } = await import('../../src/audit/entry.ts')
      const disk = openSync(FULL, 'w')
      let isFull = true
      const journal = openJournal(full.folder, undefined, {
        ...SYSTEM_CALLS,
        writeSync: (fd: number, bytes: Uint8Array) => SYSTEM_CALLS.writeSync(isFull ? disk : fd, bytes),
      })
      const request = auditRequests(
        (by, event) => journal.append(entryOf(by, event, 'here', Date.now())),
        () => null,
      )
      const ask = appOf({ ...system, request })
      const refused = await ask('GET', '/api/kept/P001')
      expect([refused.status, JSON.parse(refused.text).code]).toEqual([503, 'AUDIT_UNAVAILABLE'])
      expect(refused.text).not.toContain('items')
      expect(refused.headers.get('etag')).toBeNull()
      expect(journal.refused()).toBe(1)
      isFull = false
      closeSync(disk)
      expect((await ask('GET', '/api/kept/P001')).status).toBe(200)
      const [file = ''] = readdirSync(full.folder).filter((name) => name.startsWith('journal-'))
      expect(readFileSync(`${full.folder}/${file}`, 'utf8').trimEnd().split('\n')).toHaveLength(1)
    },
  )
})
