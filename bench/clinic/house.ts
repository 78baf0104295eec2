/** A clinic's servers in one process: nodes that share a PostgreSQL and a Redis, and one that keeps nothing. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import analyticsPlugin, { type Analytics } from '../../plugins/analytics/index.ts'
import c3dReader, { type RecordingService } from '../../plugins/c3d-reader/index.ts'
import clinicalRecords, { type ClinicalRecords } from '../../plugins/clinical-records/index.ts'
import emgAnalyzer, { type Analyzer } from '../../plugins/emg-analyzer/index.ts'
import mvcCascade, { type MvcService } from '../../plugins/mvc-cascade/index.ts'
import performanceScoring, { type PerformanceScoring } from '../../plugins/performance-scoring/index.ts'
import { builtInPlugins } from '../../src/built-in.ts'
import { createPostgresInvalidation } from '../../src/cache/invalidation/postgres.ts'
import type { Phase } from '../../src/cache/phases.ts'
import { createCacheState } from '../../src/cache/state.ts'
import { type CacheSystem, createCacheSystem } from '../../src/cache/system.ts'
import { createPostgresTier } from '../../src/cache/tiers/postgres.ts'
import { createRedisTier } from '../../src/cache/tiers/redis.ts'
import { systemClock } from '../../src/clock.ts'
import { loadConfiguration } from '../../src/config/load.ts'
import { applyMigrations } from '../../src/database/migrations.ts'
import { type OpenDatabase, openDatabase } from '../../src/database/open.ts'
import { absentJobs } from '../../src/jobs/absent.ts'
import { createLog } from '../../src/observe/log.ts'
import { definePlugin } from '../../src/plugin/define.ts'
import { createPluginHost, type PluginHost } from '../../src/plugin/host.ts'
import { migrationSets } from '../../src/plugin/migration-sets.ts'
import { openBlobStore } from '../../src/storage/blobs.ts'
import { type DataFolder, openDataFolder } from '../../src/storage/data-folder.ts'
import { newVaultKey } from '../../src/vault/key.ts'
import { vaultOf } from '../../src/vault/vault.ts'
import { createInlineWorkers } from '../../src/workers/inline.ts'
import { until } from '../../test/support/redis.ts'

/** What the clinic's programs call: the services of the real plugins. */
export interface Services {
  readonly recordings: RecordingService
  readonly records: ClinicalRecords
  readonly mvc: MvcService
  readonly analyzer: Analyzer
  readonly scoring: PerformanceScoring
  readonly analytics: Analytics
}

export interface Node extends Services {
  readonly cache: CacheSystem
}

export interface House {
  readonly phase: Phase
  readonly nodes: readonly Node[]
  /** The same services over a cache that keeps nothing: what they answer is computed from the tables. */
  readonly uncached: Services
  close(): Promise<void>
}

const log = createLog('error')

const configuration = loadConfiguration(
  builtInPlugins.flatMap(({ name, config }) => (config ? [{ name, schema: config }] : [])),
  { flags: {}, env: {}, file: { path: '', explicit: false } },
)

/** Starts the plugins over a cache and hands out their services. */
async function openServices(
  database: OpenDatabase,
  folder: DataFolder,
  cache: CacheSystem,
): Promise<Services> {
  const opened = Promise.withResolvers<Services>()
  const clinic = definePlugin({
    name: 'clinic-day',
    version: '1.0.0',
    host: '^1',
    summary: 'Hands the services of the others to the benchmark',
    needs: {
      recordings: c3dReader,
      records: clinicalRecords,
      mvc: mvcCascade,
      analyzer: emgAnalyzer,
      scoring: performanceScoring,
      analytics: analyticsPlugin,
    },
    setup: ({ needs }) => opened.resolve(needs),
  })
  const host: PluginHost = await createPluginHost([...builtInPlugins, clinic], {
    db: database.db,
    blobs: openBlobStore(folder.recordings, folder.tmp),
    vault: vaultOf([newVaultKey()]),
    cache,
    clock: systemClock,
    log,
    jobs: absentJobs(),
    workers: createInlineWorkers((name) => host.tasks(name)),
    configOf: (plugin) => configuration.plugins[plugin.name],
  })
  await host.start()
  const failed = host.states().find(({ state }) => state !== 'running')
  if (failed) throw new Error(`${failed.name}: ${failed.reason}`)
  return opened.promise
}

async function openNode(
  database: OpenDatabase,
  folder: DataFolder,
  options: { readonly phase: Phase; readonly redisUrl: string | null; readonly now: () => number },
): Promise<Node> {
  const { phase, redisUrl, now } = options
  const invalidation = createPostgresInvalidation({ database, log })
  const redis = redisUrl === null ? undefined : createRedisTier({ url: redisUrl })
  const cache = createCacheSystem({
    memoryBytes: configuration.host.cacheMemory,
    tiers: { postgres: createPostgresTier({ database }), ...(redis && { redis }) },
    phase,
    invalidation,
    secret: await createCacheState(database.db).secret(),
    log,
    now,
  })
  await invalidation.ready()
  if (redis) await until(redis.isAvailable, 5000, 'Redis')
  return { cache, ...(await openServices(database, folder, cache)) }
}

/**
 * Opens everything in a temporary folder.
 *
 * @param now the clock of the cache: entries age by it
 */
export async function openHouse(options: {
  readonly nodes: number
  readonly redisUrl: string | null
  readonly now: () => number
}): Promise<House> {
  const { nodes: count, redisUrl, now } = options
  const base = await mkdtemp(join(tmpdir(), 'myoserve-clinic-'))
  const folder = await openDataFolder(join(base, 'data'))
  const database = await openDatabase({ databaseUrl: undefined, folder, log })
  await applyMigrations(database.sql, migrationSets(builtInPlugins))
  const phase = redisUrl === null ? 'database' : 'dual-write'
  const nodes: Node[] = []
  for (let i = 0; i < count; i++) nodes.push(await openNode(database, folder, { phase, redisUrl, now }))
  const keepsNothing = createCacheSystem({ memoryBytes: 1, secret: 'of nobody', log })
  return {
    phase,
    nodes,
    uncached: await openServices(database, folder, keepsNothing),
    async close() {
      for (const { cache } of nodes) await cache.close()
      await database.close()
      await rm(base, { recursive: true, force: true })
    },
  }
}
