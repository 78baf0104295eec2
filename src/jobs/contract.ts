/** What plugins are handed to enqueue jobs, emit events, and watch what becomes of them. */
import type { SQL } from 'drizzle-orm'
import type * as v from 'valibot'
import type { Database } from '../database/connection.ts'
import type { EventType } from './event.ts'
import type { Job } from './job.ts'

/** Any valibot schema. */
type Schema = v.GenericSchema<unknown, unknown>

/** How and when a job is to be run. */
export interface EnqueueOptions {
  /** The transaction that it belongs to: the job is there when that is committed, and never if it is rolled back. */
  readonly tx?: Database
  /** Of jobs with the same key at most one waits or runs: where there is one, nothing is enqueued, and its id returned. */
  readonly key?: string
  /** Higher ones of a queue are run first; 0 where absent. */
  readonly priority?: number
  readonly startAfter?: Date
}

/** A plugin's own jobs. */
export interface Jobs {
  /**
   * Has a job of this plugin run, by any server, even where this one dies at once.
   *
   * @returns its id
   * @throws {TypeError} where the input does not fit its schema, or the plugin does not declare the job
   */
  enqueue<S extends Schema>(
    job: Pick<Job<S>, 'name' | 'schema'>,
    input: v.InferInput<S>,
    options?: EnqueueOptions,
  ): Promise<string>
  /**
   * The same for many, by one statement, each under an id that the caller has given it: a UUID that no job has.
   *
   * @throws {TypeError} where one of the inputs does not fit, or the plugin does not declare the job: none is enqueued
   */
  enqueueAll<S extends Schema>(
    job: Pick<Job<S>, 'name' | 'schema'>,
    all: ReadonlyArray<{ readonly id: string; readonly input: v.InferInput<S> }>,
    options?: Pick<EnqueueOptions, 'tx' | 'priority'>,
  ): Promise<void>
}

/** A plugin's own events. */
export interface Events {
  /**
   * Says in the transaction of a change that it has happened. Every plugin that handles it hears of it after the
   * commit. Writes nothing where there is none.
   *
   * @throws {TypeError} where the payload does not fit its schema, or the plugin does not declare the event
   */
  emit<S extends Schema>(event: EventType<S>, payload: v.InferInput<S>, tx: Database): Promise<void>
}

/** The states of a job. */
export const JOB_STATES = ['waiting', 'running', 'completed', 'failed', 'cancelled'] as const

/** `waiting`: to be run, now or later; `failed`: given up, until somebody has it tried again. */
export type JobState = (typeof JOB_STATES)[number]

/** What anybody may know of a job: never what it takes, which may name a person. */
export interface JobInfo {
  readonly id: string
  readonly plugin: string
  /** The job's name in its plugin; `on.` and the event for the handler of one. */
  readonly name: string
  readonly state: JobState
  /** Attempts that were begun. */
  readonly attempts: number
  readonly priority: number
  readonly enqueuedAt: Date
  /** When it may be run: later than now for one that waits for its next attempt. */
  readonly notBefore: Date
  /** Of the last attempt. */
  readonly startedAt: Date | null
  readonly finishedAt: Date | null
  /** Why the last attempt has failed. */
  readonly errorCode: string | null
  /** Of a job that runs and says so. */
  readonly progress: { readonly percent: number; readonly note: string | null } | null
  /** Why no server at hand will run it. */
  readonly held: string | null
}

/** Which jobs are to be listed. */
export interface JobFilter {
  readonly id?: string
  readonly plugin?: string
  readonly name?: string
  readonly state?: JobState
  /** Only those enqueued before this one. */
  readonly before?: string
  /**
   * What their inputs have to satisfy: a condition on the `jsonb` that it is given.
   *
   * @example taking: (input) => sql`${input} ->> 'patientCode' = ${code}`
   */
  readonly taking?: ((input: SQL) => SQL) | undefined
}

/** What came of a request about one job: `refused` where its state does not allow it. */
export type JobChange = 'done' | 'absent' | 'refused'

/** How many jobs of one queue there are, by state. */
export interface QueueCounts {
  readonly plugin: string
  readonly name: string
  readonly waiting: number
  readonly running: number
  readonly failed: number
}

/** What this process has run of one queue since its start. */
export interface QueueTally {
  readonly plugin: string
  readonly name: string
  readonly completed: number
  readonly failed: number
  readonly interrupted: number
  readonly runMs: number
}

/** All jobs, for those who watch and operate them. */
export interface JobOperator {
  /** The latest first. */
  list(filter: JobFilter, limit: number): Promise<JobInfo[]>
  get(id: string): Promise<JobInfo | null>
  /** Has a job tried again that was given up: once more, now. `refused` too while another one with its key waits. */
  retry(id: string): Promise<JobChange>
  /** Ends a job that waits or runs, wherever it runs. */
  cancel(id: string): Promise<JobChange>
  /** A job as it is, and as it changes, until it has ended or the signal aborts. Nothing for one that is not there. */
  follow(id: string, signal: AbortSignal): AsyncGenerator<JobInfo, void>
  /** By queue, a few seconds old at most. */
  counts(): Promise<readonly QueueCounts[]>
  tallies(): readonly QueueTally[]
  /** Why jobs cannot be run now; undefined where they can. */
  trouble(): string | undefined
}
