/** What a plugin is handed in its setup: everything that the host offers, bound to its name. */
import { openCaches } from '../cache/cache.ts'
import type { CacheOperator } from '../cache/operator.ts'
import type { CacheSystem } from '../cache/system.ts'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/connection.ts'
import type { Logger } from '../observe/log.ts'
import type { BlobStore } from '../storage/blobs.ts'
import type { Plugin, PluginContext } from './define.ts'

/** What the host offers to plugins. */
export interface HostServices {
  readonly db: Database
  readonly blobs: BlobStore
  readonly cache: CacheSystem
  readonly log: Logger
  readonly clock: Clock
  /** The validated section of a plugin's configuration. */
  configOf(plugin: Plugin): unknown
}

/** @param needs services of other plugins, by the names that this one gives them */
export const contextOf = (
  plugin: Plugin,
  services: HostServices,
  cacheOperator: CacheOperator,
  needs: Readonly<Record<string, unknown>>,
): PluginContext => ({
  config: services.configOf(plugin),
  needs,
  caches: openCaches(services.cache, plugin.name, plugin.caches ?? {}),
  cacheOperator,
  announce: services.cache.announce,
  db: services.db,
  blobs: services.blobs,
  clock: services.clock,
  log: services.log.child({ plugin: plugin.name }),
})
