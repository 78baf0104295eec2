/** A whole server: data folder, database, plugins, HTTP. Started in this order, stopped in reverse. */

import { createAccess } from '../access/access.ts'
import { loadOidc } from '../access/oidc/load.ts'
import { catalogueOf } from '../access/permissions.ts'
import { accessRoutes } from '../access/routes.ts'
import { openAudit } from '../audit/open.ts'
import { AUDIT_PERMISSIONS } from '../audit/routes.ts'
import { openCache } from '../cache/open.ts'
import { systemClock } from '../clock.ts'
import { planBinding } from '../http/binding.ts'
import { openAccess } from '../http/guard.ts'
import { listen } from '../http/listen.ts'
import { readTlsPair } from '../http/tls.ts'
import { openJobs } from '../jobs/open.ts'
import { openLimits } from '../limits/limits.ts'
import { watchPlugins } from '../plugin/external/live.ts'
import { createPluginHost, type PluginHost } from '../plugin/host.ts'
import type { Program } from '../program.ts'
import { startRetention } from '../retention/daily.ts'
import { openBlobStore } from '../storage/blobs.ts'
import { openVault } from '../vault/open.ts'
import { migrateAtStart, migrateExternal } from './migrate.ts'
import { createServing } from './serving.ts'

export interface RunningServer {
  readonly url: string
  readonly plugins: PluginHost
  /** Where the first administrator is made, once; null where there are users, or access is open. */
  readonly setupLink: string | null
  stop(): Promise<void>
}

/**
 * Starts a server and resolves when it answers. Whatever fails on the way, what was started is stopped; what it stands
 * on is closed with the program.
 *
 * @throws {Failure} with the exit code and sentence for the terminal
 */
export async function startServer(program: Program): Promise<RunningServer> {
  const { configuration, plugins, external, workers, ground, log } = program
  const settings = configuration.host
  const binding = planBinding(settings)
  // It is read again to listen; what is wrong with it is said before anything is opened.
  if (binding.tls) await readTlsPair(binding.tls)
  const oidc = await loadOidc(settings, log)
  await using started = new AsyncDisposableStack()

  const { folder, database } = await ground.open()
  const barred = await migrateAtStart(database, program)

  const vault = await openVault({
    host: configuration.host,
    folder,
    db: database.db,
    columns: plugins.flatMap(({ sealed = [] }) => sealed),
    log,
  })
  const audit = await openAudit({
    db: database.db,
    folder: folder.audit,
    retentionMs: configuration.host.auditRetention,
    log,
  })
  started.defer(audit.close)
  const cache = await openCache({ database, host: configuration.host, log })
  started.defer(cache.close)
  const jobs = await openJobs({ database, changes: audit.database('SERVER jobs'), log })
  started.defer(jobs.close)
  const pluginHost = await createPluginHost(
    plugins,
    {
      db: database.db,
      audit,
      blobs: openBlobStore(folder.recordings, folder.tmp),
      vault,
      cache,
      clock: systemClock,
      log,
      jobs,
      workers,
      // What comes while the server runs finds its settings as they are then.
      configOf: (plugin) =>
        plugins.includes(plugin) ? configuration.plugins[plugin.name] : program.settingsOf(plugin),
    },
    { ...external, barred },
  )
  started.defer(pluginHost.stop)
  started.defer(workers.onFault(pluginHost.quarantine))
  // What is set aside here is to be used nowhere.
  const tellWorkers = (): void => {
    for (const { name, state, reason = '' } of pluginHost.states()) {
      if (state === 'quarantined') workers.quarantine(name, reason)
    }
  }
  pluginHost.onChange(tellWorkers)
  await pluginHost.start()
  tellWorkers()
  // All at once, before one plugin after the other ends.
  started.defer(jobs.stop)
  started.defer(startRetention({ db: database.db, audit: audit.audit, rules: pluginHost.retention, log }))

  const limits = openLimits({ settings, open: settings.access === 'open', secret: cache.secret })
  started.defer(limits.close)
  const access = createAccess({
    db: database.db,
    changes: audit.database('SERVER access'),
    cache,
    audit: audit.audit,
    catalogue: () => catalogueOf([...AUDIT_PERMISSIONS, ...pluginHost.permissions()], pluginHost.roles()),
    oidc,
  })
  const serving = createServing({
    host: pluginHost,
    database: database.health,
    cache,
    identify: configuration.host.access === 'open' ? openAccess.identify : access.identify,
    own: accessRoutes(access),
    audit,
    network: {
      ...binding,
      corsOrigins: settings.corsOrigins,
      pace: { silenceMs: settings.bodySilence, leastRate: settings.bodyLeastRate },
    },
    limits,
    log,
  })
  const listener = await listen(serving, binding, log)
  started.defer(listener.stop)
  // Streams would keep the listener from ending.
  started.defer(pluginHost.quiesce)
  started.defer(jobs.quiesce)

  const live = watchPlugins({
    folder: program.pluginsFolder,
    builtIn: program.plugins.filter((plugin) => !external.plugins.includes(plugin)),
    offer: program.offered,
    initial: external,
    change: pluginHost.change,
    tryOut: program.tryOutAgain,
    migrate: (some) => migrateExternal(database, some, program),
    log,
  })
  started.defer(live.close)
  // What has changed while the server started.
  void live.look()

  const setup = configuration.host.access === 'open' ? null : await access.setup.first()
  workers.warm()
  const running = started.move()
  return {
    url: listener.url,
    plugins: pluginHost,
    setupLink: setup && `${listener.url}${setup.path}`,
    stop() {
      program.ending()
      return running.disposeAsync()
    },
  }
}
