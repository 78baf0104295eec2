/** Applies the rules for a command: on the database, whether or not a server runs on it. */
import { hostname } from 'node:os'
import { auditedDatabase, sayInTransaction } from '../audit/database.ts'
import { entryOf } from '../audit/entry.ts'
import { sealAll } from '../audit/seal.ts'
import { insertEntries } from '../audit/statements.ts'
import { openCache } from '../cache/open.ts'
import { systemClock } from '../clock.ts'
import type { Database, DatabaseConnection } from '../database/connection.ts'
import { planMigrations } from '../database/migrations.ts'
import { useDatabase } from '../database/use.ts'
import { EXIT, Failure } from '../exit.ts'
import { type Acting, acting } from '../identity/acting.ts'
import { openJobs } from '../jobs/open.ts'
import { createPluginHost } from '../plugin/host.ts'
import { migrationSets } from '../plugin/migration-sets.ts'
import type { Program } from '../program.ts'
import { applyRetention, dueOf, type RetentionOutcome } from '../retention/run.ts'
import { openBlobStore } from '../storage/blobs.ts'
import { openDataFolder } from '../storage/data-folder.ts'
import { keyPlace, keySource } from '../vault/open.ts'
import { createVault } from '../vault/vault.ts'

const ROUTE = 'COMMAND retention'

/** What is recorded goes into the table at once: the journal is the server's. */
function tableAudit(db: Database) {
  const entry = (by: Acting) => entryOf(by, { outcome: 'done' }, hostname(), Date.now())
  return {
    audit: {
      async record(event: Parameters<typeof entryOf>[1], tx = db) {
        await insertEntries(tx, [entryOf(acting() as Acting, event, hostname(), Date.now())])
        if (tx !== db) sayInTransaction()
      },
    },
    database: (route: string) =>
      auditedDatabase(db, route, { entryOf: entry, onCommitted: () => undefined, onFailed: () => undefined }),
  }
}

async function requireTables({ sql }: DatabaseConnection, program: Program): Promise<void> {
  const { pending } = await planMigrations(sql, migrationSets(program.plugins))
  if (pending.length > 0) {
    throw new Failure(EXIT.badConfiguration, 'migrations are pending; run `myoserve migrate --apply`')
  }
}

/** @returns undefined where another process is at it */
export function useRetention(program: Program, isDry: boolean): Promise<RetentionOutcome[] | undefined> {
  const { plugins, external, configuration, log, workers } = program
  const { host } = configuration
  const { data, databaseUrl } = host
  return useDatabase({ data, databaseUrl, log }, async (database) => {
    await requireTables(database, program)
    await using opened = new AsyncDisposableStack()
    const folder = await openDataFolder(data)
    const { db } = database
    const cache = await openCache({ database, host, log })
    opened.defer(cache.close)
    const audit = tableAudit(db)
    const jobs = await openJobs({ database, changes: audit.database(ROUTE), log })
    opened.defer(jobs.close)
    const pluginHost = await createPluginHost(
      plugins,
      {
        db,
        audit,
        blobs: openBlobStore(folder.recordings, folder.tmp),
        vault: createVault(await keySource(keyPlace(host, folder))),
        cache,
        clock: systemClock,
        log,
        jobs,
        workers,
        configOf: (plugin) => configuration.plugins[plugin.name],
      },
      external,
    )
    const run = { db, rules: pluginHost.retention(), audit: audit.audit, now: Date.now(), route: ROUTE }
    if (isDry) return dueOf(run)
    const outcomes = await applyRetention(run)
    await sealAll(db, 'wait')
    return outcomes
  })
}
