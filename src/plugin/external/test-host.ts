/** The real host for tests of plugins: memory cache, a temporary blob store, and a real PostgreSQL when asked for. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import * as v from 'valibot'
import { createCacheSystem } from '../../cache/system.ts'
import type { Database } from '../../database/connection.ts'
import { applyMigrations } from '../../database/migrations.ts'
import { createApp } from '../../http/app.ts'
import type { AccessControl } from '../../http/guard.ts'
import { type Identity, NOBODY, OPEN } from '../../identity/identity.ts'
import { absentJobs } from '../../jobs/absent.ts'
import { openJobs } from '../../jobs/open.ts'
import type { JobSystem } from '../../jobs/system.ts'
import type { Metric } from '../../observe/metrics.ts'
import { type BlobStore, openBlobStore } from '../../storage/blobs.ts'
import { openDataFolder } from '../../storage/data-folder.ts'
import { newVaultKey } from '../../vault/key.ts'
import { vaultOf } from '../../vault/vault.ts'
import { createInlineWorkers } from '../../workers/inline.ts'
import { definePlugin, type Plugin, type ServiceOf } from '../define.ts'
import { createPluginHost, type PluginHost } from '../host.ts'
import { migrationSets } from '../migration-sets.ts'
import { checkDeclaration } from './declaration.ts'
import { createTestClock, type TestClock } from './test-clock.ts'
import { absentDatabase, freshDatabase, NoDatabase } from './test-database.ts'
import { type TestIdentity, testIdentity } from './test-identity.ts'

/** What a test host is made of. */
export interface TestHostOptions {
  /** The plugins that are tested. */
  readonly plugins: readonly Plugin[]
  /** Settings by the names of plugins; what is absent has its default. */
  readonly config?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** Whether there is a database, fresh and migrated: the tests then run by `myoserve plugin test --database`. */
  readonly database?: boolean
}

/** A request to a test host. */
export interface TestRequest extends RequestInit {
  /** Who asks; `nobody` has neither logged in nor a key. */
  readonly as?: TestIdentity | 'nobody'
}

/** The host with the plugins of a test, running. */
export interface TestHost extends AsyncDisposable {
  /**
   * Answers a request as the server would.
   *
   * @param path such as `/api/plugins/grip`
   * @param init.as who asks; absent: somebody who may do everything
   * @throws {Error} for a role or a permission that there is not
   * @example await host.fetch('/api/plugins/grip', { as: { roles: ['therapist'], name: 'anna' } })
   */
  fetch(path: string, init?: TestRequest): Promise<Response>
  /** What the `setup` of a plugin returned. */
  service<P extends Plugin>(plugin: P): ServiceOf<P>
  /** Everything that `/metrics` would show. */
  metrics(): Promise<Metric[]>
  /**
   * The clock of the plugins and of the cache. It stands until it is moved on: `clock.advance(ms)` makes values stale,
   * and ends the deadlines of their loads.
   */
  readonly clock: Pick<TestClock, 'now' | 'advance'>
  readonly host: PluginHost
}

/** What a test host stands on, where it is not its own. */
export interface TestHostParts {
  readonly db: Database
  readonly blobs?: BlobStore
  readonly clock?: TestClock
  readonly jobs?: JobSystem
  readonly log?: pino.Logger
  /** Whether plugins are started. */
  readonly started: boolean
}

const withoutTwins = (builtIn: readonly Plugin[], tested: readonly Plugin[]): Plugin[] => [
  ...builtIn,
  ...tested.filter((plugin) => !builtIn.includes(plugin)),
]

/**
 * Starts a host on given parts.
 *
 * @param builtIn held to the rules of those; a tested plugin that is not among them is held to those of external ones
 * @throws the sentence that would quarantine one of the plugins
 */
export async function assembleTestHost(
  builtIn: readonly Plugin[],
  { plugins: tested, config }: Pick<TestHostOptions, 'plugins' | 'config'>,
  { db, blobs, clock = createTestClock(), log = pino({ level: 'silent' }), jobs, started }: TestHostParts,
): Promise<TestHost> {
  await using opened = new AsyncDisposableStack()
  const services = new Map<string, unknown>()
  const plugins = withoutTwins(builtIn, tested)
  /** Needs every plugin, and so is handed their services. */
  const observer = definePlugin({
    name: 'test-observer',
    version: '1.0.0',
    host: '^1',
    summary: 'Shows services to the test',
    needs: Object.fromEntries(plugins.map((plugin) => [plugin.name, plugin])),
    setup({ needs }) {
      for (const [name, service] of Object.entries(needs)) services.set(name, service)
    },
  })
  const temporaryBlobs = async (): Promise<BlobStore> => {
    const root = await mkdtemp(join(tmpdir(), 'myoserve-test-host-'))
    opened.defer(() => rm(root, { recursive: true, force: true }))
    const { recordings, tmp } = await openDataFolder(join(root, 'data'))
    return openBlobStore(recordings, tmp)
  }
  const { now, after } = clock
  const cache = createCacheSystem({ memoryBytes: 2 ** 26, secret: 'of a test', log, now, after })
  opened.defer(cache.close)
  const host: PluginHost = await createPluginHost(
    [...plugins, observer],
    {
      db,
      blobs: blobs ?? (await temporaryBlobs()),
      vault: vaultOf([newVaultKey()]),
      cache,
      clock,
      log,
      jobs:
        jobs ??
        absentJobs(
          'this test host has no jobs: createTestHost({ database: true }) gives it some',
          (reason) => new NoDatabase(reason),
        ),
      workers: createInlineWorkers((name) => host.tasks(name)),
      configOf: ({ name, config: schema }) => schema && v.parse(schema, config?.[name] ?? {}),
    },
    { plugins: plugins.filter((plugin) => !builtIn.includes(plugin)), refused: [] },
  )
  opened.defer(host.stop)
  if (started) await host.start()
  const quarantined = host
    .states()
    .find(({ state, name }) => state === 'quarantined' && name !== observer.name)
  if (quarantined) throw new Error(`${quarantined.name}: ${quarantined.reason}`)
  const asking = new WeakMap<Request, Identity>()
  const access: AccessControl = {
    identify: ({ req }) => asking.get(req.raw) ?? OPEN,
    records: host.records(),
  }
  const app = createApp({ routes: host.routes(), log, cache, release: 'test', access })
  const running = opened.move()
  return {
    host,
    clock,
    async fetch(path, { as, ...init } = {}) {
      const request = new Request(new URL(path, 'http://127.0.0.1').href, init)
      request.headers.set('host', '127.0.0.1')
      // As the page of the server has a browser send it.
      if (!request.headers.has('origin')) request.headers.set('sec-fetch-site', 'same-origin')
      if (as) asking.set(request, as === 'nobody' ? NOBODY : testIdentity(as, host))
      return app.fetch(request)
    },
    service: <P extends Plugin>({ name }: P) => services.get(name) as ServiceOf<P>,
    metrics: host.metrics,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

/** Starts it; see `createTestHost`. */
export async function startTestHost(builtIn: readonly Plugin[], options: TestHostOptions): Promise<TestHost> {
  for (const plugin of options.plugins) {
    const wrong = checkDeclaration(plugin)
    if (wrong !== undefined) throw new Error(`${plugin.name}: ${wrong}`)
  }
  if (!options.database) {
    return assembleTestHost(builtIn, options, { db: absentDatabase(), started: false })
  }
  await using opened = new AsyncDisposableStack()
  const database = await freshDatabase(opened)
  const { db, sql } = database
  await applyMigrations(sql, migrationSets(withoutTwins(builtIn, options.plugins)))
  const jobs = await openJobs({ database, log: pino({ level: 'silent' }) })
  opened.defer(jobs.close)
  const host = opened.use(await assembleTestHost(builtIn, options, { db, jobs, started: true }))
  const running = opened.move()
  return { ...host, [Symbol.asyncDispose]: () => running.disposeAsync() }
}
