/** The migrations of the host, then of all plugins in the order of their needs. */
import { hostMigrations } from '../database/host-migrations.ts'
import type { MigrationSet } from '../database/migrations.ts'
import { checkPlugins } from './checks.ts'
import type { Plugin } from './define.ts'

/** Refused plugins are left out: their tables are none of our business until they can run. */
export const migrationSets = (plugins: readonly Plugin[]): MigrationSet[] => [
  hostMigrations,
  ...checkPlugins(plugins)
    .filter(({ refusal }) => refusal === undefined)
    .map(({ plugin }) => ({ plugin: plugin.name, migrations: plugin.migrations ?? [] })),
]
