/** A clinic for the matrix of access: two therapists with a patient each, and everybody else who might ask. */
import { sampleRecordings } from '../../plugins/c3d-reader/samples/index.ts'
import { createLoginSessionStore } from '../../src/access/login/sessions.ts'
import { hashPassword } from '../../src/access/password.ts'
import { loginToken } from '../../src/access/secret.ts'
import { createUserStore } from '../../src/access/users/store.ts'
import { createPostgresInvalidation } from '../../src/cache/invalidation/postgres.ts'
import { createCacheSystem } from '../../src/cache/system.ts'
import { connectDatabase } from '../../src/database/connection.ts'
import { createLog } from '../../src/observe/log.ts'
import { startTestDatabases } from '../support/database.ts'
import { makeFirstAdmin } from '../support/first-admin.ts'
import { startTestServer, temporaryFolder } from '../support/server.ts'
import type { Target } from '../support/targets.ts'

/** Who asks, in the order of the matrix. */
export const ASKERS = [
  'nobody',
  'wrong',
  'expired',
  'admin',
  'owner',
  'other',
  'researcher',
  'key',
  'otherKey',
] as const

export type Asker = (typeof ASKERS)[number]

/** An answer to a request of the matrix. */
export interface Told {
  readonly status: number
  readonly body: string
  readonly headers: Headers
}

export interface Clinic extends AsyncDisposable {
  /** Ids by what they name; those of the records are of the patient of `owner`. */
  readonly ids: Readonly<Record<string, string>>
  /** @param sent a body of JSON @param version what If-Match says */
  ask(asker: Asker, method: string, path: string, sent?: string, version?: string): Promise<Told>
  /** Makes anew what a route may remove. */
  renew(route: string): Promise<void>
}

export async function openClinic(target: Target): Promise<Clinic> {
  await using opened = new AsyncDisposableStack()
  const databases = await startTestDatabases()
  opened.defer(databases.stop)
  const url = await databases.create()
  const folder = await temporaryFolder()
  opened.defer(folder[Symbol.asyncDispose])
  const many = '100000'
  const env = {
    DATABASE_URL: url,
    ACCESS: 'required',
    RATE_LIMIT: many,
    RATE_LIMIT_ADDRESS: many,
    RATE_LIMIT_LOGIN: many,
    RATE_LIMIT_WEBHOOKS: many,
  }
  const server = await startTestServer(target, { data: folder.path, env })
  opened.defer(async () => void (await server.kill()))
  const database = connectDatabase({ url })
  opened.defer(database.close)
  const invalidation = createPostgresInvalidation({ database, log: createLog('silent') })
  await invalidation.ready()
  const cache = createCacheSystem({ memoryBytes: 1e6, secret: 'test', invalidation })
  opened.defer(cache.close)
  const admin = await makeFirstAdmin(server)

  const send = async (
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ readonly id: string; readonly key: string }> => {
    const isBytes = body instanceof Uint8Array
    const answer = await fetch(`${server.url}${path}`, {
      method,
      headers: {
        cookie: admin.cookie,
        origin: server.url,
        ...(isBytes || body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isBytes ? Uint8Array.from(body) : JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as never
  }

  const users = createUserStore(database.db, cache)
  const sessions = createLoginSessionStore(database.db, cache)
  const passwordHash = await hashPassword('correct horse battery staple')
  const user = async (name: string, role: string) =>
    (await users.create({ name, displayName: name, roles: [role], passwordHash })).id
  const people = {
    admin: await user('root', 'admin'),
    owner: await user('anna', 'therapist'),
    other: await user('ben', 'therapist'),
    researcher: await user('carl', 'researcher'),
    expired: await user('dora', 'admin'),
  }

  await send('POST', '/api/patients', { code: 'P001', therapist: 'anna' })
  await send('POST', '/api/patients', { code: 'P002', therapist: 'ben' })
  const [sample] = sampleRecordings()
  const bytes = sample?.bytes() ?? new Uint8Array()
  const entered = (await send(
    'POST',
    '/api/patients/P001/recordings?startedAt=2026-03-01T09:00:00Z',
    bytes,
  )) as unknown as {
    session: { id: string }
    recording: { id: string }
  }
  for (;;) {
    const { status } = (await (
      await fetch(`${server.url}/api/sessions/${entered.session.id}`, { headers: { cookie: admin.cookie } })
    ).json()) as { status: string }
    if (status === 'completed') break
    await Bun.sleep(50)
  }
  const first = async (path: string) => {
    const answer = await fetch(`${server.url}${path}`, { headers: { cookie: admin.cookie } })
    const { items } = (await answer.json()) as { items: ReadonlyArray<Record<string, string>> }
    return items[0]?.id ?? ''
  }
  const { permissions } = (await (
    await fetch(`${server.url}/api/roles`, { headers: { cookie: admin.cookie } })
  ).json()) as { permissions: ReadonlyArray<{ readonly name: string }> }
  const all = permissions.map(({ name }) => name).filter((name) => name !== 'account:use')
  const key = async (name: string, patient: string) =>
    send('POST', '/api/keys', { name, permissions: all, patients: [patient] })
  const own = await key('own', 'P001')
  const secrets = { key: own.key, otherKey: (await key('other', 'P002')).key }
  await send('PUT', '/api/patients/P001/identity', { name: 'Ada Example' })
  const ids: Record<string, string> = {
    code: 'P001',
    patientCode: 'P001',
    session: entered.session.id,
    recording: entered.recording.id,
    note: (await send('POST', '/api/patients/P001/notes', { text: 'a note' })).id,
    analysis: await first(`/api/sessions/${entered.session.id}/analyses`),
    job: await first('/api/jobs'),
    user: await user('eva', 'therapist'),
    key: (await key('spare', 'P001')).id,
    configuration: await first('/api/scoring/configurations'),
    profile: (
      await send('POST', '/api/system/channel-profiles', {
        name: 'lab',
        rules: [{ label: 'EMG*', kind: 'emg' }],
      }).catch(() => ({ id: '' }))
    ).id,
    channel: '0',
    file: 'index.html',
  }

  let made = 0
  const making: Readonly<Record<string, () => Promise<unknown>>> = {
    'DELETE /api/patients/{code}/identity': () =>
      send('PUT', '/api/patients/P001/identity', { name: 'Ada Example' }),
    'DELETE /api/patients/{code}/notes/{noteId}': async () => {
      ids.note = (await send('POST', '/api/patients/P001/notes', { text: 'a note' })).id
    },
    'DELETE /api/users/{id}': async () => {
      ids.user = await user(`eva${++made}`, 'therapist')
    },
    'DELETE /api/keys/{id}': async () => {
      ids.key = (await key(`spare${++made}`, 'P001')).id
    },
    'DELETE /api/system/channel-profiles/{id}': async () => {
      ids.profile = (
        await send('POST', '/api/system/channel-profiles', {
          name: `lab${++made}`,
          channels: [{ channel: 'CH1', muscle: 'Soleus', side: 'left' }],
        })
      ).id
    },
  }
  const cookies = new Map<Asker, string>()
  const credentials = async (asker: Asker): Promise<Record<string, string>> => {
    if (asker === 'nobody') return {}
    if (asker === 'wrong') return { cookie: `myoserve_session=${people.admin}.${'A'.repeat(43)}` }
    if (asker === 'key' || asker === 'otherKey') return { authorization: `Bearer ${secrets[asker]}` }
    const known = cookies.get(asker)
    if (known !== undefined) return { cookie: known }
    const token = await sessions.open(people[asker], { address: '127.0.0.1', agent: 'a test' })
    if (asker === 'expired') {
      await database.sql`update myoserve.login_sessions
        set created_at = now() - interval '2 days', expires_at = now() - interval '1 day'
        where user_id = ${people.expired}`
    }
    const cookie = `myoserve_session=${loginToken(token)}`
    cookies.set(asker, cookie)
    return { cookie }
  }
  const running = opened.move()
  return {
    ids,
    async renew(route) {
      await making[route]?.()
    },
    async ask(asker, method, path, sent, version) {
      const leaving = new AbortController()
      const answer = await fetch(`${server.url}${path}`, {
        method,
        redirect: 'manual',
        headers: {
          origin: server.url,
          ...(sent !== undefined && { 'content-type': 'application/json' }),
          ...(version !== undefined && { 'if-match': version }),
          ...(await credentials(asker)),
        },
        ...(sent !== undefined && { body: sent }),
        signal: leaving.signal,
      })
      const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream') === true
      const body = isStream ? '' : await answer.text()
      if (isStream) leaving.abort()
      // Whoever has logged out logs in again.
      if (/^\/api\/(?:logout|me\/sessions)/.test(path) && method !== 'GET') cookies.delete(asker)
      return { status: answer.status, body, headers: answer.headers }
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}
