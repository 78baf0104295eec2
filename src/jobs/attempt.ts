/** One attempt of a job: runs it under its time limit, and says what came of it. */
import * as v from 'valibot'
import type { Database } from '../database/connection.ts'
import { isServiceFailure } from '../http/failures.ts'
import { isProblem } from '../http/problem.ts'
import { actAsSystem } from '../identity/acting.ts'
import { marked } from '../workers/marked.ts'
import { JobFailure, JobLost, type JobRun } from './job.ts'
import type { Queue } from './queue.ts'

/** How an attempt has ended. */
export type Outcome =
  | { readonly kind: 'completed' }
  /** To be tried again, or not. */
  | { readonly kind: 'failed'; readonly code: string; readonly retry: boolean; readonly error: unknown }
  /** The server stops, or the database was away: another one runs it. */
  | { readonly kind: 'interrupted'; readonly waitS: number }
  /** It is not ours any more. */
  | { readonly kind: 'lost' }

class JobTimeout extends Error {
  override readonly name = 'JobTimeout'
  readonly code = 'JOB_TIMEOUT'
}

class ServerStops extends Error {
  override readonly name = 'ServerStops'
}

/** The code of an error that has none. */
export const UNEXPECTED = 'JOB_FAILED'

const CODE = /^[A-Z][A-Z0-9_]{2,63}$/

/** What is shown of an error: messages may hold what was in the input. */
function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown }
  return typeof code === 'string' && CODE.test(code) ? code : UNEXPECTED
}

/** A problem of the client's is one next time too; otherwise the error may say so. */
function isWorthRetry(error: unknown): boolean {
  if (isProblem(error)) return error.status >= 500
  return (error as { retry?: unknown } | null)?.retry !== false
}

export interface AttemptOptions {
  readonly queue: Queue
  readonly service: unknown
  readonly id: string
  readonly data: unknown
  /** 1 for the first. */
  readonly attempt: number
  progress(percent: number, note: string | null): void
  complete(tx: Database): Promise<void>
}

export interface Attempt {
  readonly ended: Promise<Outcome>
  /** It is not ours any more. */
  lose(): void
  /** Asks it to end; after `ms` it is not waited for. */
  interrupt(ms: number): void
}

/** Parameters of an input that name a record, such as `sessionId`. */
const NAMES_RECORD = /^([a-z]\w*?)(?:Id|Code)$/

/** A job is the server's doing, to the records that its input names. */
function actAsJob(queue: Queue, data: unknown, work: () => Promise<void>): Promise<void> {
  const records = Object.entries((data ?? {}) as object).flatMap(([name, id]) => {
    const [, kind] = NAMES_RECORD.exec(name) ?? []
    return kind !== undefined && typeof id === 'string' ? [{ kind, id }] : []
  })
  return actAsSystem('job:run', `JOB ${queue.id}`, work, records)
}

/** The longest note that is kept. */
const NOTE_LENGTH = 200

export function startAttempt({
  queue,
  service,
  id,
  data,
  attempt,
  progress,
  complete,
}: AttemptOptions): Attempt {
  const controller = new AbortController()
  const { promise: given, reject: giveUp } = Promise.withResolvers<never>()
  const timers: Array<ReturnType<typeof setTimeout>> = []
  const end = (reason: Error, waitMs = 0): void => {
    controller.abort(reason)
    if (waitMs > 0) timers.push(setTimeout(() => giveUp(reason), waitMs))
    else giveUp(reason)
  }

  const run: Omit<JobRun, 'input'> = {
    id,
    service,
    attempt,
    signal: controller.signal,
    progress(percent, note) {
      if (!(percent >= 0 && percent <= 100)) throw new RangeError('progress is from 0 to 100 percent')
      if (!controller.signal.aborted) progress(Math.floor(percent), note?.slice(0, NOTE_LENGTH) ?? null)
    },
    complete,
  }

  async function work(): Promise<void> {
    const input = v.safeParse(queue.schema, data)
    if (!input.success) {
      throw new JobFailure('JOB_INPUT_INVALID', 'what was enqueued does not fit the schema', { retry: false })
    }
    await queue.run({ ...run, input: input.output })
  }

  function outcomeOf(error: unknown): Outcome {
    const { reason } = controller.signal
    if (reason instanceof JobLost || error instanceof JobLost) return { kind: 'lost' }
    if (reason instanceof ServerStops) return { kind: 'interrupted', waitS: 0 }
    if (reason instanceof JobTimeout) return { kind: 'failed', code: reason.code, retry: true, error: reason }
    if (isServiceFailure(error)) return { kind: 'interrupted', waitS: 1 }
    return { kind: 'failed', code: codeOf(error), retry: isWorthRetry(error), error }
  }

  async function outcome(): Promise<Outcome> {
    timers.push(
      setTimeout(() => end(new JobTimeout(`it took longer than ${queue.timeoutMs} ms`)), queue.timeoutMs),
    )
    try {
      // Whoever of them is too late is not heard.
      await Promise.race([marked(queue.plugin, () => actAsJob(queue, data, work)), given])
      return { kind: 'completed' }
    } catch (error) {
      return outcomeOf(error)
    } finally {
      for (const timer of timers) clearTimeout(timer)
    }
  }

  return {
    ended: outcome(),
    lose: () => end(new JobLost('it is not run here any more')),
    interrupt: (ms) => end(new ServerStops('the server stops'), ms),
  }
}
