/** The plugin contract: one declarative object that can be listed, checked and documented. */
import type { PgTable } from 'drizzle-orm/pg-core'
import type * as v from 'valibot'
import type { Audit } from '../audit/contract.ts'
import type { ScopedCaches } from '../cache/cache.ts'
import type { CacheNamespaces } from '../cache/namespace.ts'
import type { Warming } from '../cache/operator/warm.ts'
import type { CacheOperator } from '../cache/operator.ts'
import type { Announce } from '../cache/system.ts'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/connection.ts'
import type { Migration } from '../database/migrations.ts'
import type { UnitOfWork } from '../database/unit-of-work.ts'
import type { Route } from '../http/route.ts'
import type { Permission, Role } from '../identity/permission.ts'
import type { RecordKind } from '../identity/record.ts'
import type { Events, JobOperator, Jobs } from '../jobs/contract.ts'
import type { EventType, Handler } from '../jobs/event.ts'
import type { Job } from '../jobs/job.ts'
import type { Health } from '../observe/health.ts'
import type { Logger } from '../observe/log.ts'
import type { Metric } from '../observe/metrics.ts'
import type { RetentionRule } from '../retention/rule.ts'
import type { BlobStore } from '../storage/blobs.ts'
import type { Command } from '../terminal/command.ts'
import type { SealedColumn } from '../vault/sealed-column.ts'
import type { Vault } from '../vault/vault.ts'
import type { Tasks, Workers } from '../workers/task.ts'
import type { ErasedPatient, PatientErasure, PatientNames } from './erasure.ts'
import type { Examination } from './examination.ts'
import type { Panel } from './panel.ts'

/** Marks a plugin across module copies, where `instanceof` would fail. */
export const PLUGIN = Symbol.for('myoserve:plugin')

/** A place of the running server worth a look; `serve` prints it when it is ready. */
export interface Link {
  readonly label: string
  /** Path on the server, with its leading slash. */
  readonly path: string
}

/** One thing that was added to a plugin, by itself or by another one: a metric, a recording format. */
export interface Contribution {
  /** What it is, such as `metric`. */
  readonly kind: string
  /** Unique among those of its kind. */
  readonly id: string
  /**
   * Holds it against what everything of its kind has to hold, on inputs of every sort.
   *
   * @returns what is wrong, a sentence each
   */
  examine(): readonly string[] | Promise<readonly string[]>
}

/** An object schema, whose entries {@link setting} declares. */
type ConfigSchema = v.ObjectSchema<v.ObjectEntries, undefined>

/** Plugins, by the names under which their services are handed over. */
type Needs = Readonly<Record<string, Plugin>>

/** The service that a plugin's `setup` returns. */
export type ServiceOf<P extends Plugin> = P extends Plugin<infer Service> ? Service : never

/** What a plugin gets: everything already bound to its name. */
export interface PluginContext<Config = unknown, Resolved = unknown, Caches = unknown> {
  /** The plugin's validated section of the configuration. */
  readonly config: Config
  /** The services of the plugins it needs, by the names it gave them. */
  readonly needs: Resolved
  /** Its cache namespaces. */
  readonly caches: Caches
  /** The cache as a whole, for those who watch and operate it. */
  readonly cacheOperator: CacheOperator
  /** Says in a transaction what has changed, so that no node serves entries that depend on it. */
  readonly announce: Announce
  /** The database; a command that runs without a server gets one that refuses with a clear sentence. */
  readonly db: Database
  /** The audit log, for what is more than a change or a request: those are in it without anybody's doing. */
  readonly audit: Audit
  /** Content-addressed files. */
  readonly blobs: BlobStore
  /** The time. A test moves it, so that what a plugin does by it can be tested: take no other. */
  readonly clock: Clock
  /** A log whose entries carry the plugin's name. */
  readonly log: Logger
  /** Runs the plugin's own `tasks` in worker processes. */
  readonly workers: Workers
  /** Has the plugin's own `jobs` run, durably; refuses where there is no running server. */
  readonly jobs: Jobs
  /** Tells other plugins what has happened, in the transaction of the change; see `emits`. */
  readonly events: Events
  /** The jobs of all plugins, for those who watch and operate them. */
  readonly jobOperator: JobOperator
  /** Seals single fields, so that the database alone tells nobody who a patient is; declare their columns as `sealed`. */
  readonly vault: Vault
  /** Has all plugins take part when a patient is erased; see `erase`. */
  readonly erasure: PatientErasure
}

/** A plugin, to one whose service it needs; see `lend`. */
export interface Borrower {
  readonly name: string
  readonly version: string
  readonly origin: 'built-in' | 'external'
  /** What an external one is pinned by: the hash of its content. */
  readonly hash?: string
  /** Why it is quarantined, once it is: its contributions stay until it leaves, but are not to be run. */
  quarantined(): string | undefined
  /**
   * Has something undone when the borrower is unloaded or reloaded, or fails in its setup: the latest first, and at once
   * where it has left already.
   */
  onLeave(undo: () => void): void
}

/** What an author writes; see {@link definePlugin}. */
export interface PluginDefinition<
  Service,
  Config extends ConfigSchema,
  N extends Needs,
  Caches extends CacheNamespaces,
> {
  /** Unique, in kebab-case. Also the name of its section in the configuration. */
  readonly name: string
  /** Semantic version of the plugin. */
  readonly version: string
  /** Semver range of the plugin contract it was written for. */
  readonly host: string
  /** One line for `plugin list`. */
  readonly summary: string
  /** The server does not start without it; any other plugin that fails is quarantined. */
  readonly essential?: boolean
  /** Plugins whose services it uses, under names of its own choosing. */
  readonly needs?: N
  /** Its section of the configuration: an object schema of `setting(...)` entries. */
  readonly config?: Config
  /** Its Drizzle tables, in a PostgreSQL schema of its own. */
  readonly tables?: Readonly<Record<string, PgTable>>
  /** Its SQL migrations, in order. */
  readonly migrations?: readonly Migration[]
  /** Its columns that `context.vault` has sealed, so that a rotation of the keys and the doctor find them. */
  readonly sealed?: readonly SealedColumn[]
  /** Its cache namespaces. */
  readonly caches?: Caches
  /** The permissions its routes are guarded by, as `noun:verb`. A name alone is for the role `admin`. */
  readonly permissions?: readonly (string | Permission)[]
  /** Roles of its own that users may have. */
  readonly roles?: readonly Role[]
  /** Kinds of records that belong to patients, and who may see which; a route says which it concerns. */
  records?(service: Service): Readonly<Record<string, RecordKind>>
  /** Its durable jobs, which `context.jobs` enqueues. */
  readonly jobs?: readonly Job<v.GenericSchema<unknown, unknown>, NoInfer<Service>>[]
  /** The events that it emits. It exports them, so that others can listen. */
  readonly emits?: readonly EventType[]
  /** What it does when something has happened; see `on`. */
  readonly on?: readonly Handler<v.GenericSchema<unknown, unknown>, NoInfer<Service>>[]
  /** What it adds to the page. */
  readonly panels?: readonly Panel[]
  /** Builds the service. Touches neither database nor disk: commands without a server run it too. */
  setup(
    context: PluginContext<
      v.InferOutput<Config>,
      { readonly [K in keyof N]: ServiceOf<N[K]> },
      ScopedCaches<Caches>
    >,
  ): Service | Promise<Service>
  /**
   * What a plugin that needs this one is handed in place of the service, so that it is known who does what with it, and
   * what has to be undone when that plugin leaves. Called once for each of them, before its setup.
   *
   * @example lend: (service, borrower) => ({ ...service, formats: lendFormats(service.formats, borrower) })
   */
  lend?(service: Service, borrower: Borrower): Service
  /** Runs when database and disk are there, in the order of needs. */
  start?(service: Service): void | Promise<void>
  /** Runs on shutdown, in reverse order. */
  stop?(service: Service): void | Promise<void>
  /** Its routes. Every one names its policy. */
  routes?(service: Service): readonly Route[]
  /** Its commands of the executable. They run without a server. */
  commands?(service: Service): readonly Command[]
  /**
   * Heavy work, by names: `context.workers` runs it in processes whose time and memory are limited. There the plugin is
   * set up as it is for commands that run without a server.
   *
   * @example tasks: (service) => ({ analyze: (input) => service.analyze(v.parse(AnalyzeInput, input)) })
   */
  tasks?(service: Service): Tasks
  /** How it is doing, for `/health`. */
  health?(service: Service): Health | Promise<Health>
  /**
   * Its metrics, for `/metrics`. Names begin with `myoserve_` and the name of the plugin in snake_case; no label may
   * name a person. Asked for at every collection, so that it should only read counters.
   */
  metrics?(service: Service): readonly Metric[] | Promise<readonly Metric[]>
  /** How its cache is filled before anybody asks, after the start or on demand. */
  warm?(service: Service): readonly Warming[]
  /**
   * Everything that was added to its service, where plugins may add to it. The contract suite of a plugin examines what
   * that plugin has added.
   */
  contributions?(service: Service): readonly Contribution[]
  /**
   * Recordings that it knows to be a patient's alone, beside those of the patient's sessions: they are erased too.
   *
   * @param tx the transaction that the patient is erased in
   */
  recordingsOf?(service: Service, patient: PatientNames, tx: Database): Promise<readonly string[]>
  /**
   * Removes all that it keeps of a patient, in the transaction that erases the patient everywhere: what it throws has
   * nothing erased. Called before it is of the plugins that it needs. A plugin that keeps anything of patients has it.
   *
   * @returns ids of what was removed, by which jobs may name it: these are removed too
   * @example erase: async (service, { sessionIds }, { tx }) => {
   *   await tx.delete(grips).where(inArray(grips.sessionId, [...sessionIds]))
   *   return []
   * }
   */
  erase?(service: Service, patient: ErasedPatient, work: UnitOfWork): Promise<readonly string[]>
  /** What it removes when that has been kept for as long as its settings say; daily, and by `myoserve retention`. */
  retention?(service: Service): readonly RetentionRule[]
  /** What `myoserve doctor` looks at, beside a server that runs: whether all that the plugin keeps is whole. */
  examine?(service: Service): readonly Examination[]
  /** Places worth a look, printed by `serve`. */
  links?(service: Service): readonly Link[] | Promise<readonly Link[]>
}

/** A defined plugin. Its service type travels in a field that does not exist at run time. */
export interface Plugin<Service = unknown> {
  readonly [PLUGIN]: true
  readonly '~service'?: Service
  readonly name: string
  readonly version: string
  readonly host: string
  readonly summary: string
  readonly essential?: boolean
  readonly needs?: Needs
  readonly config?: ConfigSchema
  readonly tables?: Readonly<Record<string, PgTable>>
  readonly migrations?: readonly Migration[]
  readonly sealed?: readonly SealedColumn[]
  readonly caches?: CacheNamespaces
  readonly permissions?: readonly (string | Permission)[]
  readonly roles?: readonly Role[]
  readonly jobs?: readonly Job[]
  readonly emits?: readonly EventType[]
  readonly on?: readonly Handler[]
  readonly panels?: readonly Panel[]
  setup(context: PluginContext): unknown
  lend?(service: unknown, borrower: Borrower): unknown
  start?(service: unknown): void | Promise<void>
  stop?(service: unknown): void | Promise<void>
  routes?(service: unknown): readonly Route[]
  records?(service: unknown): Readonly<Record<string, RecordKind>>
  commands?(service: unknown): readonly Command[]
  tasks?(service: unknown): Tasks
  health?(service: unknown): Health | Promise<Health>
  metrics?(service: unknown): readonly Metric[] | Promise<readonly Metric[]>
  warm?(service: unknown): readonly Warming[]
  contributions?(service: unknown): readonly Contribution[]
  recordingsOf?(service: unknown, patient: PatientNames, tx: Database): Promise<readonly string[]>
  erase?(service: unknown, patient: ErasedPatient, work: UnitOfWork): Promise<readonly string[]>
  retention?(service: unknown): readonly RetentionRule[]
  examine?(service: unknown): readonly Examination[]
  links?(service: unknown): readonly Link[] | Promise<readonly Link[]>
}

/**
 * Declares a plugin.
 *
 * @example
 * export default definePlugin({
 *   name: 'grip-strength',
 *   version: '1.0.0',
 *   host: '^1',
 *   summary: 'Grip strength from the dynamometer channel',
 *   needs: { recordings: c3dReader },
 *   permissions: ['grip:read'],
 *   setup: ({ needs }) => createGripService(needs.recordings),
 *   routes: (service) => gripRoutes(service),
 * })
 */
export function definePlugin<
  Service,
  const Config extends ConfigSchema = v.ObjectSchema<Record<never, never>, undefined>,
  const N extends Needs = Record<never, never>,
  const Caches extends CacheNamespaces = Record<never, never>,
>(definition: PluginDefinition<Service, Config, N, Caches>): Plugin<Service> {
  // The host hands each plugin the context its own declaration asks for; this is the one place that says so.
  return { ...definition, [PLUGIN]: true } as unknown as Plugin<Service>
}

/** Whether a value is a plugin, from this module or from another copy of it. */
export const isPlugin = (value: unknown): value is Plugin =>
  typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[PLUGIN] === true
