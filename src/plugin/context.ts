/** What a plugin is handed in its setup: everything that the host offers, bound to its name. */
import { absentAudit } from '../audit/absent.ts'
import type { AuditSystem } from '../audit/open.ts'
import { closeCaches, openCaches } from '../cache/cache.ts'
import type { CacheOperator } from '../cache/operator.ts'
import type { CacheSystem } from '../cache/system.ts'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/connection.ts'
import type { JobSystem } from '../jobs/system.ts'
import type { Logger } from '../observe/log.ts'
import type { BlobStore } from '../storage/blobs.ts'
import type { Vault } from '../vault/vault.ts'
import type { Workers } from '../workers/task.ts'
import type { Plugin, PluginContext } from './define.ts'
import type { PatientErasure } from './erasure.ts'
import type { Slot } from './slot.ts'

/** What the host offers to plugins. */
export interface HostServices {
  readonly db: Database
  /** Records what plugins change; absent where nothing is done that belongs in the log: in commands, in tests. */
  readonly audit?: Pick<AuditSystem, 'audit' | 'database'>
  readonly blobs: BlobStore
  readonly cache: CacheSystem
  readonly clock: Clock
  readonly log: Logger
  readonly jobs: JobSystem
  readonly vault: Vault
  /** Runs the tasks of plugins. */
  readonly workers: { of(plugin: string): Workers }
  /** The validated section of a plugin's configuration. */
  configOf(plugin: Plugin): unknown
}

/**
 * What is not the plugin's alone is registered with its undo: see {@link Slot}.
 *
 * @param needs services of other plugins, by the names that this one gives them
 */
export function contextOf(
  { plugin, loaded }: Slot,
  services: HostServices,
  cacheOperator: CacheOperator,
  needs: Readonly<Record<string, unknown>>,
  erasure: PatientErasure,
): PluginContext {
  const { cache } = services
  const caches = openCaches(cache, plugin.name, plugin.caches ?? {})
  loaded.defer(() => closeCaches(cache, plugin.name, plugin.caches ?? {}))
  const { jobs, events, close } = services.jobs.open(plugin)
  loaded.defer(close)
  return {
    config: services.configOf(plugin),
    needs,
    caches,
    cacheOperator,
    announce: cache.announce,
    db: services.audit?.database(`PLUGIN ${plugin.name}`) ?? services.db,
    audit: services.audit?.audit ?? absentAudit,
    blobs: services.blobs,
    clock: services.clock,
    log: services.log.child({ plugin: plugin.name }),
    workers: services.workers.of(plugin.name),
    jobs,
    events,
    jobOperator: services.jobs.operator,
    vault: services.vault,
    erasure,
  }
}
