/** The migrations of the host itself, in order. */
import cache from '../../drizzle/host/0000_cache.sql' with { type: 'text' }
import type { MigrationSet } from './migrations.ts'

/** Under this name the ledger knows them; no plugin may bear it. */
export const HOST = 'host'

export const hostMigrations: MigrationSet = {
  plugin: HOST,
  migrations: [{ id: '0000_cache', sql: cache }],
}
