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
  /** Stops every process of the server where it stands, as if the machine hung; call the answer to let them go on. */
  freeze(): () => void
  stop(): Promise<void>
}

const urlOf = (host: string, port: number, user: string, password: string, database: string): string =>
  `postgres://${user}:${password}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`

/** A process and its children. */
function family(parent: number): number[] {
  const { stdout } = Bun.spawnSync(['ps', '-A', '-o', 'pid=,ppid='])
  const rows = stdout
    .toString()
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
  const children = rows.filter(([, ppid]) => ppid === parent).map(([pid]) => pid as number)
  if (children.length === 0) throw new Error('ps does not show the processes of PostgreSQL')
  return [parent, ...children]
}

export async function startTestDatabases(): Promise<TestDatabases> {
  const base = await mkdtemp(join(tmpdir(), 'myoserve-database-'))
  const embedded = await startEmbeddedPostgres({
    folder: await openDataFolder(join(base, 'data')),
    log: createLog('silent'),
  })
  const { host, port, user, password } = embedded.connection
  const admin = postgres({
    ...embedded.connection,
    path: undefined,
    max: 1,
    fetch_types: false,
    onnotice() {},
  })
  let made = 0
  return {
    async create() {
      const name = `test_${++made}`
      await admin.unsafe(`create database ${name}`)
      return urlOf(host, port, user, password, name)
    },
    freeze() {
      const all = family(embedded.pid())
      for (const pid of all) process.kill(pid, 'SIGSTOP')
      return () => {
        for (const pid of all.toReversed()) process.kill(pid, 'SIGCONT')
      }
    },
    async stop() {
      await admin.end()
      await embedded.stop()
      await rm(base, { recursive: true, force: true })
    },
  }
}
