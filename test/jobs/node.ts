/** Servers in the eyes of jobs: each with connections of its own to one database. */
import { sql } from 'drizzle-orm'
import { connectDatabase, type DatabaseConnection } from '../../src/database/connection.ts'
import { hostMigrations } from '../../src/database/host-migrations.ts'
import { applyMigrations } from '../../src/database/migrations.ts'
import type { JobInfo, JobState } from '../../src/jobs/contract.ts'
import { openJobs } from '../../src/jobs/open.ts'
import type { JobDeclaration } from '../../src/jobs/queue.ts'
import type { JobSystem, PluginJobs } from '../../src/jobs/system.ts'
import { createLog } from '../../src/observe/log.ts'
import type { TestDatabases } from '../support/database.ts'

export interface Node extends AsyncDisposable {
  readonly database: DatabaseConnection
  readonly system: JobSystem
  /** Has a plugin's jobs run here. */
  run(declaration: JobDeclaration, service?: unknown): Promise<PluginJobs & { end(): Promise<void> }>
  /** Resolves when a job has come to a state. */
  reach(id: string, state: JobState, ms?: number): Promise<JobInfo>
}

export async function openNode(url: string): Promise<Node> {
  const database = connectDatabase({ url })
  await applyMigrations(database.sql, [hostMigrations])
  const system = await openJobs({ database, log: createLog('silent') })
  return {
    database,
    system,
    async run(declaration, service = {}) {
      const opened = system.open(declaration)
      const end = await system.work(declaration.name, service)
      return { ...opened, end }
    },
    async reach(id, state, ms = 10_000) {
      let last: JobInfo | undefined
      for await (const info of system.operator.follow(id, AbortSignal.timeout(ms))) {
        last = info
        if (info.state === state) return info
      }
      throw new Error(`job ${id} did not come to ${state} in ${ms} ms: ${JSON.stringify(last)}`)
    },
    async [Symbol.asyncDispose]() {
      await system.close()
      await database.close()
    },
  }
}

/** What the tests of one file share; there before the first of them. */
export interface TestNode {
  readonly databases: TestDatabases
  readonly url: string
  readonly node: Node
}

/** How many jobs of a plugin there are, in whatever state. */
export async function jobCount({ database: { db } }: Node, plugin: string): Promise<number> {
  const [row] = await db.execute<{ n: number }>(
    sql`select count(*)::int as n from pgboss.job where starts_with(name, ${`${plugin}.`})`,
  )
  return row?.n ?? -1
}

/** Waits for something that comes by itself. */
export async function until(what: () => boolean | Promise<boolean>, ms = 10_000): Promise<void> {
  const latest = performance.now() + ms
  while (!(await what())) {
    if (performance.now() > latest) throw new Error(`it did not come in ${ms} ms`)
    await Bun.sleep(10)
  }
}
