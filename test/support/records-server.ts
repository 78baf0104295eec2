/** A server on a PostgreSQL of its own that the test can reach too, asked in JSON. */
import { join } from 'node:path'
import { connectDatabase, type DatabaseConnection } from '../../src/database/connection.ts'
import { startTestDatabases } from './database.ts'
import { startTestServer, type TestServer, temporaryFolder } from './server.ts'
import type { Target } from './targets.ts'

/** An answer, read. */
export interface JsonAnswer<T> {
  readonly status: number
  readonly headers: Headers
  readonly body: T
}

export interface RecordsServer {
  readonly server: TestServer
  readonly sql: DatabaseConnection['sql']
  /** Asks with a JSON body, or without one. An answer without a body has undefined. */
  send<T = unknown>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<JsonAnswer<T>>
  /** Uploads a recording and answers its id. */
  upload(bytes: Uint8Array): Promise<string>
  /** Path of a stored blob. */
  blob(sha256: string): string
  /** Ends all of it; resolves with the exit code of the server. */
  stop(): Promise<number | null>
}

export async function startRecordsServer(target: Target): Promise<RecordsServer> {
  const databases = await startTestDatabases()
  const url = await databases.create()
  const folder = await temporaryFolder()
  const server = await startTestServer(target, { data: folder.path, env: { DATABASE_URL: url } })
  const database = connectDatabase({ url })
  return {
    server,
    sql: database.sql,
    async send(method, path, body, headers = {}) {
      const answer = await fetch(`${server.url}${path}`, {
        method,
        headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await answer.text()
      return {
        status: answer.status,
        headers: answer.headers,
        body: text === '' ? undefined : JSON.parse(text),
      } as never
    },
    async upload(bytes) {
      const answer = await fetch(`${server.url}/api/recordings`, { method: 'POST', body: bytes })
      return ((await answer.json()) as { id: string }).id
    },
    blob: (sha256) => join(folder.path, 'recordings', sha256.slice(0, 2), sha256),
    async stop() {
      await database.close()
      const exitCode = await server.kill('SIGTERM')
      await folder[Symbol.asyncDispose]()
      await databases.stop()
      return exitCode
    },
  }
}
