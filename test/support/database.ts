/** A real PostgreSQL for a test file, as an external server would be: reached by URL. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { startEmbeddedPostgres } from '../../src/database/embedded/index.ts'
import { createLog } from '../../src/observe/log.ts'
import { openDataFolder } from '../../src/storage/data-folder.ts'

export interface TestDatabases {
  /** Makes an empty database and answers its URL. */
  create(): Promise<string>
  stop(): Promise<void>
}

const urlOf = (host: string, port: number, user: string, password: string, database: string): string =>
  `postgres://${user}:${password}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`

export async function startTestDatabases(): Promise<TestDatabases> {
  const base = await mkdtemp(join(tmpdir(), 'myoserve-database-'))
  const embedded = await startEmbeddedPostgres({
    folder: await openDataFolder(join(base, 'data')),
    log: createLog('silent'),
  })
  const { host, port, user, password } = embedded.connection
  const admin = postgres({ ...embedded.connection, path: undefined, max: 1, fetch_types: false })
  let made = 0
  return {
    async create() {
      const name = `test_${++made}`
      await admin.unsafe(`create database ${name}`)
      return urlOf(host, port, user, password, name)
    },
    async stop() {
      await admin.end()
      await embedded.stop()
      await rm(base, { recursive: true, force: true })
    },
  }
}
