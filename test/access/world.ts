/** Access control on a real database without the rest of a server: as many nodes as a test likes, asked by requests. */
import * as v from 'valibot'
import { type Access, createAccess } from '../../src/access/access.ts'
import { hashPassword } from '../../src/access/password.ts'
import { catalogueOf } from '../../src/access/permissions.ts'
import { accessRoutes } from '../../src/access/routes.ts'
import { loginToken } from '../../src/access/secret.ts'
import { absentAudit } from '../../src/audit/absent.ts'
import type { Invalidation } from '../../src/cache/invalidation/invalidation.ts'
import { createPostgresInvalidation } from '../../src/cache/invalidation/postgres.ts'
import { createCacheSystem } from '../../src/cache/system.ts'
import { connectDatabase, type DatabaseConnection } from '../../src/database/connection.ts'
import { hostMigrations } from '../../src/database/host-migrations.ts'
import { applyMigrations } from '../../src/database/migrations.ts'
import { createApp } from '../../src/http/app.ts'
import { route } from '../../src/http/route.ts'
import { createLog } from '../../src/observe/log.ts'
import { startTestDatabases } from '../support/database.ts'

export const PASSWORD = 'correct horse battery'

const log = createLog('silent')

const catalogue = () =>
  catalogueOf(
    [
      { name: 'grip:read', summary: 'Read grips', roles: ['therapist', 'researcher'] },
      { name: 'grip:write', summary: 'Write grips', roles: ['therapist'] },
    ],
    [
      {
        name: 'grip-desk',
        summary: 'Watches grips',
        sees: 'all patients',
        permissions: ['grip:read', 'users:manage'],
      },
    ],
  )

/** Answers whose rights it sees, and counts how often it was asked. */
const probe = (policy: string) =>
  route({
    method: 'get',
    path: `/api/${policy.replace(':', '/')}`,
    summary: 's',
    policy,
    concerns: 'filtered',
    answers: { 200: { description: 'd', schema: v.looseObject({}) } },
    cache: { ttl: '1h' },
    handle: ({ viewer: { id, scope, pseudonymous, roles } }) => ({ id, scope, pseudonymous, roles }),
  })

export interface Answer {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: what a test expects of it says its shape
  readonly body: any
}

export interface Node {
  readonly access: Access
  ask(
    method: string,
    path: string,
    options?: { as?: string; body?: unknown; headers?: object },
  ): Promise<Answer>
  /** A login session without a password. @returns the cookie, as `as` takes it */
  session(userId: string): Promise<string>
  /** Logs in by password. @returns the cookie */
  login(name: string, password?: string, headers?: object): Promise<string>
  close(): Promise<void>
}

export interface World {
  readonly database: DatabaseConnection
  /** @param hears how it hears of changes; over PostgreSQL where absent */
  node(hears?: Invalidation): Promise<Node>
  /** Makes a user with {@link PASSWORD}. @returns the id */
  user(name: string, ...roles: string[]): Promise<string>
  close(): Promise<void>
}

/** What a browser keeps of an answer. */
export const cookieOf = ({ headers }: Answer): string => headers.get('set-cookie')?.split(';')[0] ?? ''

export async function createWorld(): Promise<World> {
  const databases = await startTestDatabases()
  const database = connectDatabase({ url: await databases.create() })
  await applyMigrations(database.sql, [hostMigrations])
  const nodes: Node[] = []
  const hash = await hashPassword(PASSWORD)

  async function node(hears?: Invalidation): Promise<Node> {
    const invalidation = hears ?? createPostgresInvalidation({ database, log })
    if ('ready' in invalidation) await (invalidation as { ready(): Promise<void> }).ready()
    const cache = createCacheSystem({ memoryBytes: 1e6, secret: 'test', invalidation })
    const { db } = database
    const access = createAccess({ db, changes: db, cache, audit: absentAudit, catalogue })
    const app = createApp({
      routes: [...accessRoutes(access), probe('grip:read'), probe('grip:write')],
      access: { identify: access.identify, records: new Map() },
      cache,
      log,
      release: 'test',
    })
    const made: Node = {
      access,
      async ask(method, path, { as = '', body, headers = {} } = {}) {
        const answer = await app.request(`http://127.0.0.1${path}`, {
          method,
          headers: {
            host: '127.0.0.1',
            origin: 'http://127.0.0.1',
            ...(as.startsWith('myo_') ? { authorization: `Bearer ${as}` } : { cookie: as }),
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...headers,
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        })
        const text = await answer.text()
        const isJson = answer.headers.get('content-type')?.includes('json')
        return { status: answer.status, headers: answer.headers, body: isJson ? JSON.parse(text) : text }
      },
      async session(userId) {
        const token = await access.sessions.open(userId, { address: '127.0.0.1', agent: 'a test' })
        return `myoserve_session=${loginToken(token)}`
      },
      async login(name, password = PASSWORD, headers = {}) {
        const answer = await made.ask('POST', '/api/login', { body: { name, password }, headers })
        if (answer.status !== 200) throw new Error(`login: ${JSON.stringify(answer.body)}`)
        return cookieOf(answer)
      },
      async close() {
        await cache.close()
      },
    }
    nodes.push(made)
    return made
  }

  return {
    database,
    node,
    async user(name, ...roles) {
      const { access } = nodes[0] as Node
      return (await access.users.create({ name, displayName: name, roles, passwordHash: hash })).id
    },
    async close() {
      for (const each of nodes) await each.close()
      await database.close()
      await databases.stop()
    },
  }
}
