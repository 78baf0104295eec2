/** Access control for a command: on the database, whether or not a server runs on it. */
import { hostname } from 'node:os'
import { type Access, createAccess } from '../access/access.ts'
import { loadOidc } from '../access/oidc/load.ts'
import { catalogueOf } from '../access/permissions.ts'
import { absentAudit } from '../audit/absent.ts'
import { auditedDatabase } from '../audit/database.ts'
import { entryOf } from '../audit/entry.ts'
import { AUDIT_PERMISSIONS } from '../audit/routes.ts'
import { createLocalInvalidation } from '../cache/invalidation/invalidation.ts'
import { bumpStatement, partition } from '../cache/invalidation/statements.ts'
import { createCacheSystem } from '../cache/system.ts'
import type { Database, DatabaseConnection } from '../database/connection.ts'
import { hostMigrations } from '../database/host-migrations.ts'
import { applyMigrations, planMigrations } from '../database/migrations.ts'
import { useDatabase } from '../database/use.ts'
import { EXIT, type ExitCode, Failure } from '../exit.ts'
import { isProblem } from '../http/problem.ts'
import { actAsSystem } from '../identity/acting.ts'
import { migrationSets } from '../plugin/migration-sets.ts'
import { createOfflineHost, type Program } from '../program.ts'

/** The first administrator may be made before the first start of a server. */
async function requireTables({ sql }: DatabaseConnection, program: Program): Promise<void> {
  const { pending } = await planMigrations(sql, [hostMigrations])
  if (pending.length === 0) return
  if (!program.configuration.host.autoMigrate) {
    throw new Failure(
      EXIT.badConfiguration,
      'migrations are pending and autoMigrate is off; run `myoserve migrate --apply`',
    )
  }
  await applyMigrations(sql, migrationSets(program.plugins))
}

/** Tells the servers of changes, and waits for none: each of them asks the database again within half a second anyway. */
function announcing(db: Database) {
  const from = crypto.randomUUID()
  return {
    ...createLocalInvalidation(),
    async bump(tags: readonly string[], tx: Database = db) {
      await tx.execute(bumpStatement(partition(tags), from, '1'))
      return { settled: async () => undefined }
    },
  }
}

/** As the end of a line of the terminal. */
const sentenceOf = (detail: string): string =>
  detail.charAt(0).toLowerCase() + detail.slice(1).replace(/\.$/, '')

/**
 * Runs a command's work, recorded in the audit log as what the server does itself.
 *
 * @param action the permission that it would take
 * @param route such as `COMMAND user add`
 * @throws {Failure} 65 for what is refused
 */
export async function useAccess(
  program: Program,
  action: string,
  route: string,
  work: (access: Access) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { data, databaseUrl } = program.configuration.host
  return useDatabase({ data, databaseUrl, log: program.log }, async (database) => {
    await requireTables(database, program)
    const { db } = database
    const plugins = await createOfflineHost(program)
    const changes = auditedDatabase(db, route, {
      entryOf: (by) => entryOf(by, { outcome: 'done' }, hostname(), Date.now()),
      onCommitted: () => undefined,
      onFailed: () => undefined,
    })
    const access = createAccess({
      db,
      changes,
      cache: createCacheSystem({ memoryBytes: 2 ** 20, secret: '', invalidation: announcing(db) }),
      audit: absentAudit,
      catalogue: () => catalogueOf([...AUDIT_PERMISSIONS, ...plugins.permissions()], plugins.roles()),
      oidc: await loadOidc(program.configuration.host, program.log),
    })
    try {
      return await actAsSystem(action, route, () => work(access))
    } catch (error) {
      if (!isProblem(error)) throw error
      throw new Failure(EXIT.badData, sentenceOf(error.message), { cause: error })
    }
  })
}
