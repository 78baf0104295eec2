/** What a plugin is handed to enqueue its jobs and emit its events. */
import * as v from 'valibot'
import type { Database } from '../database/connection.ts'
import { type Boss, bind } from './boss.ts'
import type { EnqueueOptions, Events, Jobs } from './contract.ts'
import type { JobDeclaration, Queue } from './queue.ts'
import { findByKey } from './statements.ts'

/** How often a job is enqueued that always finds another one with its key, which then has ended before it is found. */
const MOST_TRIES = 5

/** What was enqueued or emitted, if it fits. */
function checked(schema: Queue['schema'], value: unknown, what: string): object {
  const result = v.safeParse(schema, value)
  if (!result.success) {
    const [issue] = result.issues
    throw new TypeError(`${what} does not fit its schema at "${v.getDotPath(issue) ?? ''}": ${issue.message}`)
  }
  return value as object
}

export interface EnqueueParts {
  readonly db: Database
  readonly boss: Boss['boss']
  /** Resolves when a queue is there. */
  ready(queue: Queue): Promise<void>
  /** Told of what is to be run later, of which nobody else is. */
  expect(queue: Queue, inMs: number): void
}

/** @returns the id of the job, or of the one with its key that waits or runs */
async function enqueue(
  { db, boss, ready, expect }: EnqueueParts,
  queue: Queue,
  data: object,
  { tx = db, key, priority = 0, startAfter }: EnqueueOptions,
): Promise<string> {
  await ready(queue)
  const id = Bun.randomUUIDv7()
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const made = await boss.send(queue.id, data, {
      id,
      // Without one it would be the same as all others without.
      singletonKey: key ?? id,
      priority,
      ...(startAfter && { startAfter }),
      db: bind(tx),
    })
    if (made !== null) {
      if (startAfter) expect(queue, startAfter.getTime() - Date.now())
      return made
    }
    const found = key === undefined ? undefined : await findByKey(tx, queue.id, key)
    if (found !== undefined) return found
  }
  throw new Error(`a job of ${queue.id} could not be enqueued: others with its key come and go`)
}

async function enqueueAll(
  { db, boss, ready }: EnqueueParts,
  queue: Queue,
  all: ReadonlyArray<{ readonly id: string; readonly data: object }>,
  { tx = db, priority = 0 }: Pick<EnqueueOptions, 'tx' | 'priority'>,
): Promise<void> {
  if (all.length === 0) return
  await ready(queue)
  const jobs = all.map(({ id, data }) => ({ id, data, singletonKey: id, priority }))
  await boss.insert(queue.id, jobs, { db: bind(tx) })
}

export function createJobs(
  { name, jobs = [] }: JobDeclaration,
  own: ReadonlyMap<string, Queue>,
  parts: EnqueueParts,
): Jobs {
  const declared = new Set(jobs.map((job) => job.name))
  const queueOf = (job: string): Queue => {
    const queue = declared.has(job) ? own.get(job) : undefined
    if (!queue) throw new TypeError(`the plugin ${name} does not declare the job ${job}`)
    return queue
  }
  const inputOf = (queue: Queue, input: unknown): object =>
    checked(queue.schema, input, `the input of ${queue.id}`)
  return {
    async enqueue(job, input, options = {}) {
      const queue = queueOf(job.name)
      return enqueue(parts, queue, inputOf(queue, input), options)
    },
    async enqueueAll(job, all, options = {}) {
      const queue = queueOf(job.name)
      const checkedOnes = all.map(({ id, input }) => ({ id, data: inputOf(queue, input) }))
      return enqueueAll(parts, queue, checkedOnes, options)
    },
  }
}

/** @param handlersOf the queues of those who handle an event, by its name */
export function createEvents(
  { name, emits = [] }: JobDeclaration,
  handlersOf: (event: string) => readonly Queue[],
  parts: EnqueueParts,
): Events {
  const declared = new Map(emits.map((type) => [type.name, type]))
  return {
    async emit({ name: event }, payload, tx) {
      const type = declared.get(event)
      if (!type) throw new TypeError(`the plugin ${name} does not declare the event ${event}`)
      const queues = handlersOf(event)
      if (queues.length === 0) return
      const data = checked(type.schema, payload, `the payload of ${event}`)
      for (const queue of queues) await enqueue(parts, queue, data, { tx })
    },
  }
}
