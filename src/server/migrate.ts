/** Migrations as a server applies them: at its start, and when plugins come while it runs. */
import {
  applyMigrations,
  type MigrationPlan,
  type MigrationSet,
  planMigrations,
} from '../database/migrations.ts'
import type { OpenDatabase } from '../database/open.ts'
import { EXIT, Failure, messageOf } from '../exit.ts'
import { isServiceFailure } from '../http/failures.ts'
import type { Logger } from '../observe/log.ts'
import type { Plugin } from '../plugin/define.ts'
import { migrationSets } from '../plugin/migration-sets.ts'
import type { Program } from '../program.ts'

async function apply({ sql }: OpenDatabase, sets: readonly MigrationSet[], log: Logger): Promise<void> {
  const { pending } = await applyMigrations(sql, sets)
  for (const { plugin, id } of pending) log.info({ plugin, migration: id }, 'migration applied')
}

const pendingSentence = ({ pending }: MigrationPlan): string =>
  `${pending.length === 1 ? '1 migration is' : `${pending.length} migrations are`} pending and autoMigrate is off; run \`myoserve migrate --apply\``

/**
 * Applies or refuses what is pending, in the order of needs. Those of an external plugin that fail cost no more than that plugin.
 *
 * @returns why external plugins cannot be set up
 * @throws {Failure} for a migration of the host or of a built-in plugin
 */
export async function migrateAtStart(
  database: OpenDatabase,
  { plugins, external, configuration, log }: Program,
): Promise<Map<Plugin, string>> {
  const barred = new Map<Plugin, string>()
  const sets = migrationSets(plugins)
  if (!configuration.host.autoMigrate) {
    const plan = await planMigrations(database.sql, sets)
    if (plan.pending.length === 0) return barred
    throw new Failure(EXIT.badConfiguration, pendingSentence(plan))
  }
  const outsider = ({ plugin }: MigrationSet) => external.plugins.find(({ name }) => name === plugin)
  let together: MigrationSet[] = []
  /** Those of built-in plugins that stand together are one run. */
  const applyBuiltIn = async (): Promise<void> => {
    if (together.length > 0) await apply(database, together, log)
    together = []
  }
  for (const set of sets) {
    const plugin = outsider(set)
    if (!plugin) {
      together.push(set)
      continue
    }
    await applyBuiltIn()
    try {
      await apply(database, [set], log)
    } catch (error) {
      if (isServiceFailure(error)) throw error
      barred.set(plugin, messageOf(error))
    }
  }
  await applyBuiltIn()
  return barred
}

/**
 * The same for external plugins that come while the server runs. It runs on whatever becomes of them.
 *
 * @returns why some of them cannot be set up
 */
export async function migrateExternal(
  database: OpenDatabase,
  plugins: readonly Plugin[],
  { configuration, log }: Pick<Program, 'configuration' | 'log'>,
): Promise<Map<Plugin, string>> {
  const barred = new Map<Plugin, string>()
  for (const plugin of plugins) {
    const { name, migrations = [] } = plugin
    if (migrations.length === 0) continue
    const sets = [{ plugin: name, migrations }]
    try {
      if (configuration.host.autoMigrate) await apply(database, sets, log)
      else {
        const plan = await planMigrations(database.sql, sets)
        if (plan.pending.length > 0) barred.set(plugin, pendingSentence(plan))
      }
    } catch (error) {
      barred.set(plugin, messageOf(error))
    }
  }
  return barred
}
