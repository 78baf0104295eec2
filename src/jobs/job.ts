/** A durable job: what it takes, how it is tried, what it does. */
import type * as v from 'valibot'
import type { Database } from '../database/connection.ts'

/** Any valibot schema. */
type Schema = v.GenericSchema<unknown, unknown>

/** How often and when something is tried again that has failed. */
export interface Trying {
  /** How often it is tried again; 3 where absent. An interruption by the end of a server is not counted. */
  readonly retries?: number
  /**
   * Seconds to wait before the first retry, doubled for each further one, with up to as much again by chance; 1 and 300
   * where absent.
   */
  readonly backoff?: { readonly firstS: number; readonly mostS: number }
  /** One attempt that takes longer has failed, with the code JOB_TIMEOUT; a minute where absent. */
  readonly timeoutMs?: number
  /** How many of its kind run at once on one server; 1 where absent. */
  readonly concurrency?: number
}

/** One attempt, as the job sees it. */
export interface JobRun<Input = unknown, Service = unknown> {
  readonly id: string
  readonly input: Input
  /** The service of the plugin. */
  readonly service: Service
  /** 1 for the first. */
  readonly attempt: number
  /** Aborts when the job is cancelled, takes too long, or is taken back since the server stops. */
  readonly signal: AbortSignal
  /**
   * Says how far it is, for people to see: percent from 0 to 100, and a few words. They are shown in lists, so that
   * they must not name a person.
   */
  progress(percent: number, note?: string): void
  /**
   * Completes the job in the transaction of its effect: both are committed, or none is. So the effect comes exactly
   * once, whatever breaks. Without it a job whose server dies between effect and completion runs again.
   *
   * @throws {JobLost} where the job is not this attempt's any more; the transaction is then to be rolled back
   */
  complete(tx: Database): Promise<void>
}

/** What an author writes; see {@link job}. */
export interface JobDefinition<S extends Schema, Service> extends Trying {
  /** Unique in the plugin, in kebab-case. The queue is `<plugin>.<name>`. */
  readonly name: string
  /** What it takes. It is stored as JSON, and checked again when it is run: the plugin may be another release by then. */
  readonly schema: S
  /**
   * Runs it. Resolves when it is done; what it throws has it tried again, unless it is a {@link JobFailure} that says
   * otherwise or a problem of the client's. It may run more than once: see `complete`.
   */
  run(run: JobRun<v.InferOutput<S>, Service>): void | Promise<void>
}

/** A job that is declared; see {@link job}. */
export type Job<S extends Schema = Schema, Service = unknown> = JobDefinition<S, Service>

/**
 * Declares a job. Name it under `jobs` of the plugin, and enqueue it by `context.jobs`.
 *
 * @example
 * export const analyse = job({
 *   name: 'analyse',
 *   schema: v.object({ recordingId: v.pipe(v.string(), v.uuid()) }),
 *   retries: 2,
 *   timeoutMs: 30_000,
 *   async run({ input, service, signal, complete }: JobRun<{ recordingId: string }, Grip>) {
 *     const force = await service.measure(input.recordingId, signal)
 *     await service.db.transaction(async (tx) => {
 *       await tx.insert(forces).values(force)
 *       await complete(tx)
 *     })
 *   },
 * })
 */
export const job = <S extends Schema, Service = unknown>(
  definition: JobDefinition<S, Service>,
): Job<S, Service> => definition

/** A failure with a code that clients and operators see. */
export class JobFailure extends Error {
  override readonly name = 'JobFailure'
  /** Whether it is worth another try. */
  readonly retry: boolean

  /** @param code stable, in capitals, such as `C3D_TRUNCATED` */
  constructor(
    readonly code: string,
    message: string,
    { retry = true, cause }: { readonly retry?: boolean; readonly cause?: unknown } = {},
  ) {
    super(message, { cause })
    this.retry = retry
  }
}

/** The job is not this attempt's any more: it was cancelled, took too long, or runs elsewhere. */
export class JobLost extends Error {
  override readonly name = 'JobLost'
  readonly code = 'JOB_LOST'
}
