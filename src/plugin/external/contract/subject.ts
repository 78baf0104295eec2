/** The plugin that is examined, and the hosts it is examined in. */
import pino from 'pino'
import type { DatabaseConnection } from '../../../database/connection.ts'
import { applyMigrations } from '../../../database/migrations.ts'
import type { Route } from '../../../http/route.ts'
import { openJobs } from '../../../jobs/open.ts'
import type { BlobStore } from '../../../storage/blobs.ts'
import type { Plugin } from '../../define.ts'
import { migrationSets } from '../../migration-sets.ts'
import { absentDatabase, freshDatabase } from '../test-database.ts'
import { assembleTestHost, type TestHost, type TestHostOptions } from '../test-host.ts'

/** What the plugin gave to the host when it was set up. */
export interface Given {
  readonly service: unknown
  readonly routes: readonly Route[]
}

/** A host with the plugin in it. */
export interface Examination extends TestHost {
  readonly given: Given
  /** What was logged as a warning or worse since the last call. */
  complaints(): string[]
}

export interface OpenOptions {
  /** Called when its setup uses the database or the blob store. */
  readonly touched?: (what: string) => void
  /** What stands around the setup of the plugin. */
  readonly around?: (setup: () => unknown) => unknown
  /** Whether plugins are started. */
  readonly started?: boolean
}

export interface Subject {
  readonly plugin: Plugin
  /** Those that it stands among. */
  readonly others: readonly Plugin[]
  /** Values for cache namespaces for which none can be made up, by their names. */
  readonly values: Readonly<Record<string, unknown>>
  readonly hasDatabase: boolean
  /** A host of its own, without a database. */
  open(options?: OpenOptions): Promise<Examination>
  /** The same host for all who ask, with all plugins started where there is a database. */
  shared(): Promise<Examination>
  /** A host of its own without the plugin. */
  openWithout(): Promise<TestHost>
  /** A fresh database with the migrations of the others, for as long as `work` takes; nothing runs on it. */
  withDatabase<T>(work: (database: Awaited<ReturnType<typeof freshDatabase>>) => Promise<T>): Promise<T>
  /** Hosts of its own on one migrated database, one after the other. */
  withHosts<T>(work: (open: () => Promise<Examination>) => Promise<T>): Promise<T>
  /** Ends the shared host, after which nobody may ask for it. */
  close(): Promise<void>
}

/** What a plugin is held against the contract with. */
export interface SubjectOptions {
  /** The plugins that come with the executable. */
  readonly builtIn: readonly Plugin[]
  /** Other plugins that it needs. */
  readonly beside?: readonly Plugin[]
  /** Settings by the names of plugins, where others than the defaults are meant. */
  readonly config?: TestHostOptions['config']
  readonly values?: Readonly<Record<string, unknown>>
  /** Whether there is a database. */
  readonly database: boolean
}

/** Says that its plugin uses something. */
const watched = <T extends object>(touched: () => void): T =>
  new Proxy({} as T, {
    get() {
      touched()
      throw new Error('a setup has neither database nor disk')
    },
  })

export function createSubject(plugin: Plugin, options: SubjectOptions): Subject {
  const { beside = [], values = {}, config, database } = options
  const builtIn = options.builtIn.filter((each) => each === plugin || each.name !== plugin.name)
  const others = [...builtIn.filter((each) => each !== plugin), ...beside]
  const closing = new AsyncDisposableStack()

  /** The plugin, telling what it gives. */
  function observed({ touched, around = (setup) => setup() }: OpenOptions): { plugin: Plugin; given: Given } {
    const given: { service: unknown; routes: readonly Route[] } = { service: undefined, routes: [] }
    const watching: Plugin = {
      ...plugin,
      async setup(context) {
        const trapped = touched && {
          db: absentDatabase(() => touched('the database')),
          blobs: watched<BlobStore>(() => touched('the blob store')),
        }
        given.service = await around(() => plugin.setup({ ...context, ...trapped }))
        return given.service
      },
      ...(plugin.routes && {
        routes(service: unknown) {
          given.routes = plugin.routes?.(service) ?? []
          return given.routes
        },
      }),
    }
    return { plugin: watching, given }
  }

  async function assemble(openOptions: OpenOptions, database?: DatabaseConnection): Promise<Examination> {
    await using opened = new AsyncDisposableStack()
    const complaints: string[] = []
    const log = pino(
      { level: 'warn' },
      {
        write(line: string) {
          const { msg, err } = JSON.parse(line) as { msg: string; err?: { message?: string } }
          complaints.push(err?.message ? `${msg}: ${err.message}` : msg)
        },
      },
    )
    const { plugin: watching, given } = observed(openOptions)
    const stands = builtIn.map((each) => (each === plugin ? watching : each))
    const jobs = database && (await openJobs({ database, log }))
    if (jobs) opened.defer(jobs.close)
    const host = opened.use(
      await assembleTestHost(
        stands,
        { plugins: [...beside, watching], ...(config && { config }) },
        {
          db: database?.db ?? absentDatabase(),
          log,
          started: openOptions.started === true,
          ...(jobs && { jobs }),
        },
      ),
    )
    const running = opened.move()
    return {
      ...host,
      given,
      complaints: () => complaints.splice(0),
      [Symbol.asyncDispose]: () => running.disposeAsync(),
    }
  }

  async function migrated(disposal: AsyncDisposableStack) {
    const connection = await freshDatabase(disposal)
    await applyMigrations(connection.sql, migrationSets([...others, plugin]))
    return connection
  }

  let sharedHost: Promise<Examination> | undefined
  async function openShared(): Promise<Examination> {
    const connection = database ? await migrated(closing) : undefined
    const host = await assemble({ started: database }, connection)
    closing.use(host)
    return host
  }

  return {
    plugin,
    others,
    values,
    hasDatabase: database,
    open: (openOptions = {}) => assemble(openOptions),
    shared() {
      sharedHost ??= openShared()
      return sharedHost
    },
    openWithout: () =>
      assembleTestHost(
        builtIn.filter((each) => each !== plugin),
        { plugins: beside, ...(config && { config }) },
        { db: absentDatabase(), started: false },
      ),
    async withDatabase(work) {
      await using disposal = new AsyncDisposableStack()
      const connection = await freshDatabase(disposal)
      await applyMigrations(connection.sql, migrationSets(others))
      return await work(connection)
    },
    async withHosts(work) {
      await using disposal = new AsyncDisposableStack()
      const connection = await migrated(disposal)
      return await work(() => assemble({ started: true }, connection))
    },
    close: () => closing.disposeAsync(),
  }
}
