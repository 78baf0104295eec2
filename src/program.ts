/** What every command works with: plugins, configuration, log. */
import { createCacheSystem } from './cache/system.ts'
import { systemClock } from './clock.ts'
import type { Configuration, SettingName } from './config/load.ts'
import type { Database } from './database/connection.ts'
import { EXIT, Failure } from './exit.ts'
import type { Ground } from './ground.ts'
import { absentJobs } from './jobs/absent.ts'
import type { Logger } from './observe/log.ts'
import type { Plugin } from './plugin/define.ts'
import type { ExternalPlugins } from './plugin/external/load.ts'
import type { Pins } from './plugin/external/lock.ts'
import type { ModuleOffer } from './plugin/external/offer.ts'
import { createPluginHost, type PluginHost } from './plugin/host.ts'
import type { BlobStore } from './storage/blobs.ts'
import type { Vault } from './vault/vault.ts'
import type { WorkerPool } from './workers/pool.ts'
import type { Quarantined } from './workers/protocol.ts'

export interface Program {
  /** The built-in ones and the external ones that were loaded. */
  readonly plugins: readonly Plugin[]
  readonly external: ExternalPlugins
  /** Where external plugins and their lock file are. */
  readonly pluginsFolder: string
  /** What external plugins may import by name. */
  readonly offered: ModuleOffer
  readonly configuration: Configuration
  /**
   * Tries plugins out anew after some have changed, with the settings that these have in the file now.
   *
   * @param enabled all that shall be there
   * @returns those that shall not be imported, and why
   */
  tryOutAgain(enabled: Pins, changed: readonly string[]): Promise<readonly Quarantined[]>
  /** To be called when the server begins to stop. */
  ending(): void
  /**
   * The section of a plugin as flags and environment have it, and the file when it was last read for it.
   *
   * @throws {Failure} 78 as at the start
   */
  settingsOf(plugin: Plugin): unknown
  readonly names: readonly SettingName[]
  readonly log: Logger
  /** Opened when it is needed, closed with the command. */
  readonly ground: Ground
  /** Started when they are needed, ended with the command. */
  readonly workers: WorkerPool
}

/** Memory that cached values may take. */
export const CACHE_MEMORY_BYTES = 64 * 2 ** 20

/** Stands for a service that is not there; whoever touches it is told so in one sentence. */
export function absent<T extends object>(what: string): T {
  const refuse = (): never => {
    throw new Failure(EXIT.serviceMissing, `this command runs without ${what}`)
  }
  return new Proxy({} as T, { get: refuse, has: refuse })
}

/** Sets plugins up without database and disk, as commands such as `analyze` need them. */
export const createOfflineHost = ({
  plugins,
  external,
  configuration,
  log,
  workers,
}: Omit<Program, 'workers'> & { readonly workers: Pick<WorkerPool, 'of'> }): Promise<PluginHost> =>
  createPluginHost(
    plugins,
    {
      db: absent<Database>('a database'),
      blobs: absent<BlobStore>('a data folder'),
      vault: absent<Vault>('the keys of the vault'),
      // What is hashed stays in this process.
      cache: createCacheSystem({ memoryBytes: CACHE_MEMORY_BYTES, secret: crypto.randomUUID(), log }),
      clock: systemClock,
      log,
      workers,
      jobs: absentJobs(),
      configOf: (plugin) => configuration.plugins[plugin.name],
    },
    external,
  )
