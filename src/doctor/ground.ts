/** Opens what is examined, without changing it: the database that a server uses, or the one it would. */
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { drizzle } from 'drizzle-orm/postgres-js'
import type postgres from 'postgres'
import type { HostConfig } from '../config/schema.ts'
import { connectDatabase, type Database, type DatabaseConnection } from '../database/connection.ts'
import { clusterOf } from '../database/embedded/cluster.ts'
import { findResidence } from '../database/embedded/identity.ts'
import { joinEmbeddedPostgres } from '../database/embedded/index.ts'
import { openDatabase } from '../database/open.ts'
import type { Logger } from '../observe/log.ts'
import type { DataFolder } from '../storage/data-folder.ts'
import { acquireLock } from '../storage/lock.ts'

/** Connections to the database that refuse to write. */
export interface ReadOnlyDatabase {
  readonly kind: 'embedded' | 'external'
  readonly sql: postgres.Sql
  readonly db: Database
}

function readOnly(connection: DatabaseConnection, kind: ReadOnlyDatabase['kind']) {
  const { sql, destroy } = connection.dedicated({
    max: 2,
    connection: { default_transaction_read_only: true },
  })
  return { database: { kind, sql, db: drizzle(sql) }, destroy }
}

/** Whether a server has made the embedded database yet. */
async function isMade(folder: DataFolder): Promise<boolean> {
  const names = await readdir(folder.postgres).catch(() => [])
  if (names.length === 0) return false
  return existsSync(join(clusterOf((await findResidence(folder)).home), 'PG_VERSION'))
}

/**
 * A running server's database is joined. Where none runs, the embedded one is started for the time it takes, under the
 * lock of the data folder, so that no server starts meanwhile.
 *
 * @param opened ends it
 * @returns undefined where there is none yet
 * @throws {Failure} where it cannot be reached
 */
export async function openReadOnly(
  { databaseUrl }: Pick<HostConfig, 'databaseUrl'>,
  folder: DataFolder,
  log: Logger,
  opened: AsyncDisposableStack,
): Promise<ReadOnlyDatabase | undefined> {
  if (databaseUrl === undefined && !(await isMade(folder))) return undefined
  const joined = databaseUrl === undefined ? await joinEmbeddedPostgres({ folder }) : null
  if (databaseUrl === undefined && !joined) {
    opened.defer((await acquireLock(folder, { keepTmp: true })).release)
  }
  const connection = joined ? connectDatabase(joined) : await openDatabase({ databaseUrl, folder, log })
  opened.defer(connection.close)
  const { database, destroy } = readOnly(connection, databaseUrl === undefined ? 'embedded' : 'external')
  opened.defer(destroy)
  return database
}
