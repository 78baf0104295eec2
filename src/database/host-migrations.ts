/** The migrations of the host itself, in order. */
import cache from '../../drizzle/host/0000_cache.sql' with { type: 'text' }
import jobRuns from '../../drizzle/host/0001_job_runs.sql' with { type: 'text' }
import access from '../../drizzle/host/0002_access.sql' with { type: 'text' }
import audit from '../../drizzle/host/0003_audit.sql' with { type: 'text' }
import vault from '../../drizzle/host/0005_vault.sql' with { type: 'text' }
import oidc from '../../drizzle/host/0006_oidc.sql' with { type: 'text' }
import preferences from '../../drizzle/host/0007_user_preferences.sql' with { type: 'text' }
import type { MigrationSet } from './migrations.ts'
import { queueMigration } from './queue-migration.ts'

/** Under this name the ledger knows them; no plugin may bear it. */
export const HOST = 'host'

export const hostMigrations: MigrationSet = {
  plugin: HOST,
  migrations: [
    { id: '0000_cache', sql: cache },
    { id: '0001_job_runs', sql: jobRuns },
    queueMigration,
    { id: '0002_access', sql: access },
    { id: '0003_audit', sql: audit },
    { id: '0005_vault', sql: vault },
    { id: '0006_oidc', sql: oidc },
    { id: '0007_user_preferences', sql: preferences },
  ],
}
