/** A whole server: data folder, database, plugins, HTTP. Started in this order, stopped in reverse. */
import { openCache } from '../cache/open.ts'
import { systemClock } from '../clock.ts'
import { applyMigrations, type MigrationSet, planMigrations } from '../database/migrations.ts'
import { type OpenDatabase, openDatabase } from '../database/open.ts'
import { EXIT, Failure, messageOf } from '../exit.ts'
import { createApp } from '../http/app.ts'
import { isServiceFailure } from '../http/failures.ts'
import { listen } from '../http/listen.ts'
import type { Plugin } from '../plugin/define.ts'
import type { ExternalPlugins } from '../plugin/external/load.ts'
import { createPluginHost, type PluginHost } from '../plugin/host.ts'
import { migrationSets } from '../plugin/migration-sets.ts'
import type { PluginState } from '../plugin/slot.ts'
import type { Program } from '../program.ts'
import { openBlobStore } from '../storage/blobs.ts'
import { openDataFolder } from '../storage/data-folder.ts'
import { acquireLock } from '../storage/lock.ts'
import { VERSION } from '../version.ts'
import { serverRoutes } from './routes.ts'

export interface RunningServer {
  readonly url: string
  readonly plugins: PluginHost
  stop(): Promise<void>
}

/**
 * Applies or refuses what is pending. Those of an external plugin that fail cost no more than that plugin.
 *
 * @returns why external plugins cannot be set up
 * @throws {Failure} for a migration of the host or of a built-in plugin
 */
async function migrateAtStart(
  database: OpenDatabase,
  { plugins, external, configuration, log }: Program,
): Promise<Map<Plugin, string>> {
  const barred = new Map<Plugin, string>()
  const sets = migrationSets(plugins)
  if (configuration.host.autoMigrate) {
    const apply = async (some: readonly MigrationSet[]): Promise<void> => {
      const { pending } = await applyMigrations(database.sql, some)
      for (const { plugin, id } of pending) log.info({ plugin, migration: id }, 'migration applied')
    }
    const outsider = ({ plugin }: MigrationSet) => external.plugins.find(({ name }) => name === plugin)
    await apply(sets.filter((set) => !outsider(set)))
    for (const set of sets) {
      const plugin = outsider(set)
      if (!plugin) continue
      try {
        await apply([set])
      } catch (error) {
        if (isServiceFailure(error)) throw error
        barred.set(plugin, messageOf(error))
      }
    }
    return barred
  }
  const { pending } = await planMigrations(database.sql, sets)
  if (pending.length === 0) return barred
  throw new Failure(
    EXIT.badConfiguration,
    `${pending.length === 1 ? '1 migration is' : `${pending.length} migrations are`} pending and autoMigrate is off; run \`myoserve migrate --apply\``,
  )
}

/** An external plugin is known by its content: its version is whatever its author has left it. */
const releaseOf = ({ name, version, origin }: PluginState, { hashes }: ExternalPlugins): string =>
  origin === 'external' ? `${name} ${version} ${hashes[name]}` : `${name} ${version}`

/**
 * Starts a server and resolves when it answers. Whatever fails on the way, what was started is stopped.
 *
 * @throws {Failure} with the exit code and sentence for the terminal
 */
export async function startServer(program: Program): Promise<RunningServer> {
  const { configuration, plugins, external, log } = program
  const { host, port, data, databaseUrl } = configuration.host
  await using started = new AsyncDisposableStack()

  const folder = await openDataFolder(data)
  started.defer((await acquireLock(folder)).release)

  const database = await openDatabase({ databaseUrl, folder, log })
  started.defer(database.close)
  const barred = await migrateAtStart(database, program)

  const cache = await openCache({ database, host: configuration.host, log })
  started.defer(cache.close)
  const pluginHost = await createPluginHost(
    plugins,
    {
      db: database.db,
      blobs: openBlobStore(folder.recordings, folder.tmp),
      cache,
      clock: systemClock,
      log,
      configOf: (plugin) => configuration.plugins[plugin.name],
    },
    { ...external, barred },
  )
  started.defer(pluginHost.stop)
  await pluginHost.start()

  const alive = pluginHost.states().filter(({ state }) => state === 'running')
  const app = createApp({
    routes: serverRoutes(pluginHost, database.health),
    log,
    cache,
    release: [VERSION, ...alive.map((each) => releaseOf(each, external))].join(', '),
  })
  const listener = listen(app, host, port)
  started.defer(listener.stop)
  // Streams would keep the listener from ending.
  started.defer(pluginHost.quiesce)

  const running = started.move()
  return { url: listener.url, plugins: pluginHost, stop: () => running.disposeAsync() }
}
