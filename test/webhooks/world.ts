/** A server that takes webhooks, a storage that it fetches from, and a sender. */
import { createHash, createHmac } from 'node:crypto'
import { join } from 'node:path'
import { sampleRecordings } from '../../plugins/c3d-reader/samples/index.ts'
import { connectDatabase, type DatabaseConnection } from '../../src/database/connection.ts'
import { startTestDatabases } from '../support/database.ts'
import { startTestServer, type TestServer, temporaryFolder } from '../support/server.ts'
import type { Target } from '../support/targets.ts'
import { type Origin, startOrigin } from './origin.ts'

export const SECRET = 'a secret of this test'
export const PREVIOUS = 'the secret before it'

/** An answer, read. */
export interface Answer<T> {
  readonly status: number
  readonly headers: Headers
  readonly body: T
}

/** What the status route tells. */
export interface Status {
  readonly id: string
  readonly status: string
  readonly failure: { readonly code: string; readonly reason: string } | null
  readonly patientCode: string | null
  readonly recordingId: string | null
  readonly sessionId: string | null
  readonly jobId: string
  readonly sessionStatus: string | null
  readonly sessionFailure: { readonly code: string } | null
}

let variant = 0

/** A recording that nobody else has. */
export function recording(): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(sampleRecordings()[0]?.bytes() ?? [])
  new DataView(bytes.buffer).setUint16(bytes.length - 2, ++variant, true)
  return bytes
}

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

export const now = (): number => Math.floor(Date.now() / 1000)

/** Headers that sign a body, made here without the program. */
export const signedBy = (secret: string, body: string, at = now()): Record<string, string> => ({
  'x-myoserve-timestamp': String(at),
  'x-myoserve-signature': `v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`,
})

export interface World {
  readonly target: Target
  readonly origin: Origin
  readonly sql: DatabaseConnection['sql']
  server(): TestServer
  /** Starts the server, once more too. */
  start(env?: Readonly<Record<string, string>>): Promise<void>
  ask<T = unknown>(method: string, path: string, body?: unknown): Promise<Answer<T>>
  /** Sends a webhook; signed with the secret, unless headers are given. */
  send<T = { id: string; jobId: string; statusUrl: string; code: string }>(
    message: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer<T>>
  /** Announces a recording, and waits for its delivery to be over. */
  deliver(message: object): Promise<Status>
  /** Waits until a delivery is over, and its session too. */
  over(id: string): Promise<Status>
  stop(): Promise<number | null>
}

/** @throws where it never comes to that */
export async function until<T>(what: () => Promise<T | undefined | false>, seconds = 20): Promise<T> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
    const found = await what()
    if (found) return found
    await Bun.sleep(20)
  }
  throw new Error('it never came to that')
}

const isOver = ({ status, sessionStatus }: Status): boolean =>
  status === 'failed' || (status === 'completed' && !['pending', 'processing'].includes(sessionStatus ?? ''))

export async function startWorld(target: Target): Promise<World> {
  const databases = await startTestDatabases()
  const url = await databases.create()
  const folder = await temporaryFolder('myoserve-webhooks-')
  const database = connectDatabase({ url })
  const origin = await startOrigin()
  let server: TestServer | undefined
  const running = (): TestServer => {
    if (!server) throw new Error('the server is not started')
    return server
  }
  const request = async <T>(path: string, init: RequestInit): Promise<Answer<T>> => {
    const answer = await fetch(`${running().url}${path}`, init)
    const text = await answer.text()
    return { status: answer.status, headers: answer.headers, body: (text && JSON.parse(text)) as T }
  }
  const world: World = {
    target,
    origin,
    sql: database.sql,
    server: running,
    async start(env = {}) {
      server = await startTestServer(target, {
        data: join(folder.path, 'data'),
        env: {
          DATABASE_URL: url,
          WEBHOOK_SECRET: SECRET,
          WEBHOOK_PREVIOUS_SECRET: PREVIOUS,
          WEBHOOK_ORIGINS: origin.url,
          WEBHOOK_OBJECT_URL: `${origin.url}/object/{bucket}/{name}`,
          WEBHOOK_OBJECT_AUTHORIZATION: 'Bearer of-the-storage',
          WEBHOOK_MAX_BYTES: '4MiB',
          WEBHOOK_FETCH_TIME_LIMIT: '700ms',
          WEBHOOK_PRIVATE_TARGETS: 'true',
          WEBHOOK_SUPABASE_SIGNATURE: 'true',
          WEBHOOK_BUCKETS: 'recordings',
          ...env,
        },
      })
    },
    ask: (method, path, body) =>
      request(path, {
        method,
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      }),
    send(message, headers) {
      const body = typeof message === 'string' ? message : JSON.stringify(message)
      return request('/api/webhooks/storage/c3d-upload', {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', ...(headers ?? signedBy(SECRET, body)) },
      })
    },
    over: (id) =>
      until(async () => {
        const { body } = await world.ask<Status>('GET', `/api/webhooks/storage/status/${id}`)
        return isOver(body) && body
      }),
    async deliver(message) {
      const { status, body } = await world.send(message)
      if (status !== 202) throw new Error(`${status} ${JSON.stringify(body)}`)
      return world.over(body.id)
    },
    async stop() {
      const exitCode = (await server?.kill()) ?? null
      await origin.stop()
      await database.close()
      await folder[Symbol.asyncDispose]()
      await databases.stop()
      return exitCode
    },
  }
  return world
}
