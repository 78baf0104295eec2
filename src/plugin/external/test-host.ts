/** The real host for tests of plugins: memory cache, a temporary blob store, and a real PostgreSQL when asked for. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import * as v from 'valibot'
import { createCacheSystem } from '../../cache/system.ts'
import { connectDatabase, type Database } from '../../database/connection.ts'
import { applyMigrations } from '../../database/migrations.ts'
import { createApp } from '../../http/app.ts'
import type { Metric } from '../../observe/metrics.ts'
import { openBlobStore } from '../../storage/blobs.ts'
import { openDataFolder } from '../../storage/data-folder.ts'
import { definePlugin, type Plugin, type ServiceOf } from '../define.ts'
import { createPluginHost, type PluginHost } from '../host.ts'
import { migrationSets } from '../migration-sets.ts'
import { checkDeclaration } from './declaration.ts'

/** Where `myoserve plugin test --database` says its PostgreSQL is. */
export const TEST_DATABASE = 'MYOSERVE_TEST_DATABASE'

/** What a test host is made of. */
export interface TestHostOptions {
  /** The plugins that are tested. */
  readonly plugins: readonly Plugin[]
  /** Settings by the names of plugins; what is absent has its default. */
  readonly config?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** Whether there is a database, fresh and migrated: the tests then run by `myoserve plugin test --database`. */
  readonly database?: boolean
}

/** The host with the plugins of a test, running. */
export interface TestHost extends AsyncDisposable {
  /** Answers a request as the server would. @param path such as `/api/plugins/grip` */
  fetch(path: string, init?: RequestInit): Promise<Response>
  /** What the `setup` of a plugin returned. */
  service<P extends Plugin>(plugin: P): ServiceOf<P>
  /** Everything that `/metrics` would show. */
  metrics(): Promise<Metric[]>
  readonly host: PluginHost
}

async function freshDatabase(disposal: AsyncDisposableStack, plugins: readonly Plugin[]): Promise<Database> {
  const server = process.env[TEST_DATABASE]
  if (server === undefined) {
    throw new Error('this test takes a database: run it by `myoserve plugin test --database`')
  }
  const admin = connectDatabase({ url: server })
  disposal.defer(admin.close)
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`
  await admin.sql.unsafe(`create database ${name}`)
  disposal.defer(async () => void (await admin.sql.unsafe(`drop database ${name} with (force)`)))
  const url = new URL(server)
  url.pathname = `/${name}`
  const database = connectDatabase({ url: url.href })
  disposal.defer(database.close)
  await applyMigrations(database.sql, migrationSets(plugins))
  return database.db
}

const absentDatabase = (): Database =>
  new Proxy({} as Database, {
    get() {
      throw new Error('this test host has no database: createTestHost({ database: true }) gives it one')
    },
  })

/** Starts it; see `createTestHost`. */
export async function startTestHost(builtIn: readonly Plugin[], options: TestHostOptions): Promise<TestHost> {
  await using started = new AsyncDisposableStack()
  for (const plugin of options.plugins) {
    const wrong = checkDeclaration(plugin)
    if (wrong !== undefined) throw new Error(`${plugin.name}: ${wrong}`)
  }
  const services = new Map<string, unknown>()
  const plugins = [...builtIn, ...options.plugins]
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
  const log = pino({ level: 'silent' })
  const root = await mkdtemp(join(tmpdir(), 'myoserve-test-host-'))
  started.defer(() => rm(root, { recursive: true, force: true }))
  const folder = await openDataFolder(join(root, 'data'))
  const db = options.database ? await freshDatabase(started, plugins) : absentDatabase()
  const cache = createCacheSystem({ memoryBytes: 2 ** 26, secret: 'of a test', log })
  started.defer(cache.close)
  const host = await createPluginHost(
    [...plugins, observer],
    {
      db,
      blobs: openBlobStore(folder.recordings, folder.tmp),
      cache,
      log,
      configOf: ({ name, config }) => config && v.parse(config, options.config?.[name] ?? {}),
    },
    { plugins: options.plugins, refused: [] },
  )
  started.defer(host.stop)
  if (options.database) await host.start()
  const quarantined = host
    .states()
    .find(({ state, name }) => state === 'quarantined' && name !== 'test-observer')
  if (quarantined) throw new Error(`${quarantined.name}: ${quarantined.reason}`)
  const app = createApp({ routes: host.routes(), log, cache, release: 'test' })
  const running = started.move()
  return {
    host,
    async fetch(path, init) {
      const request = new Request(new URL(path, 'http://127.0.0.1').href, init)
      request.headers.set('host', '127.0.0.1')
      return app.fetch(request)
    },
    service: <P extends Plugin>({ name }: P) => services.get(name) as ServiceOf<P>,
    metrics: host.metrics,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}
