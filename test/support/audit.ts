/** An audit log on a database of its own, whose owner can also do what the log is there to notice. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { readAnchor } from '../../src/audit/anchor.ts'
import { type AuditSystem, openAudit } from '../../src/audit/open.ts'
import { chainState } from '../../src/audit/statements.ts'
import { type Verification, verifyChain } from '../../src/audit/verify.ts'
import { connectDatabase, type DatabaseConnection } from '../../src/database/connection.ts'
import { hostMigrations } from '../../src/database/host-migrations.ts'
import { applyMigrations } from '../../src/database/migrations.ts'
import type { TestDatabases } from './database.ts'

export interface AuditedDatabase extends AsyncDisposable {
  readonly connection: DatabaseConnection
  readonly sql: DatabaseConnection['sql']
  readonly folder: string
  /** What the log has written to the log of the server, a line each. */
  readonly log: string[]
  open(node?: string): Promise<AuditSystem>
  /** Resolves when every entry has its place. */
  sealed(): Promise<void>
  /** With the anchor of the folder, as the command does it. */
  verify(): Promise<Verification>
  /** Changes the table behind the back of its triggers. */
  tamper(statement: string): Promise<void>
}

export async function until(
  isTrue: () => boolean | Promise<boolean>,
  what: string,
  ms = 5000,
): Promise<void> {
  const end = performance.now() + ms
  while (!(await isTrue())) {
    if (performance.now() > end) throw new Error(`${what}: not within ${ms} ms`)
    await Bun.sleep(10)
  }
}

/** @param url of an empty database */
export async function createAuditedDatabase(databases: TestDatabases): Promise<AuditedDatabase> {
  await using opened = new AsyncDisposableStack()
  const connection = connectDatabase({ url: await databases.create() })
  opened.defer(connection.close)
  const { sql, db } = connection
  await applyMigrations(sql, [hostMigrations])
  await sql`create table things (id int primary key, name text)`
  const folder = await mkdtemp(join(tmpdir(), 'myoserve-audit-'))
  opened.defer(() => rm(folder, { recursive: true, force: true }))
  const log: string[] = []
  const lines = pino({ level: 'trace' }, { write: (line: string) => void log.push(line) })
  const running = opened.move()
  return {
    connection,
    sql,
    folder,
    log,
    async open(node = 'here') {
      const system = await openAudit({ db, folder, retentionMs: 86_400_000, log: lines, node })
      running.defer(system.close)
      return system
    },
    sealed: () => until(async () => (await chainState(db)).oldestUnsealed === null, 'sealed'),
    async verify() {
      const anchor = await readAnchor(folder)
      return verifyChain(db, { anchors: anchor ? [anchor] : [] })
    },
    async tamper(statement) {
      await sql.begin(async (tx) => {
        await tx`alter table myoserve.audit_log disable trigger all`
        await tx.unsafe(statement)
        await tx`alter table myoserve.audit_log enable trigger all`
      })
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}
