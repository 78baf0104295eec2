/** The queue of a job, or of a handler of an event: its name, its options, what is wrong with it. */
import type * as v from 'valibot'
import type { EventType, Handler } from './event.ts'
import type { Job, JobRun, Trying } from './job.ts'

/** What of a plugin's declaration concerns jobs. */
export interface JobDeclaration {
  /** The plugin's. */
  readonly name: string
  readonly jobs?: readonly Job[]
  readonly emits?: readonly EventType[]
  readonly on?: readonly Handler[]
}

/** A kind of work, and how it is tried. */
export interface Queue {
  /** As PostgreSQL knows it. */
  readonly id: string
  readonly plugin: string
  readonly name: string
  readonly schema: v.GenericSchema<unknown, unknown>
  readonly timeoutMs: number
  readonly concurrency: number
  readonly retries: number
  readonly backoff: { readonly firstS: number; readonly mostS: number }
  run(run: JobRun): void | Promise<void>
}

const DAY_S = 86_400

/** How long a job that has ended, well or not, is kept to be looked at. */
const KEPT_S = 14 * DAY_S

/** A job that nobody runs is not lost: years. */
const WAITS_S = 10 * 365 * DAY_S

/** After its time limit, a job that no server settles is given up by the maintenance of pg-boss. */
const EXPIRY_MARGIN_S = 600

const LONGEST_TIMEOUT_MS = 23 * 3_600_000
const MOST_RETRIES = 100
const MOST_CONCURRENT = 100

const queueId = (plugin: string, name: string): string => `${plugin}.${name}`

/** A plugin's name has no dot, so that it ends at the first one. */
export function splitQueueId(id: string): { readonly plugin: string; readonly name: string } {
  const dot = id.indexOf('.')
  return { plugin: id.slice(0, dot), name: id.slice(dot + 1) }
}

/** The queue of an event's handler in a plugin: no job's, since those have no dot in their names. */
const handlerName = (event: Pick<EventType, 'name'>): string => `on.${event.name}`

const trying = ({ retries = 3, backoff = { firstS: 1, mostS: 300 }, ...rest }: Trying) => ({
  retries,
  backoff,
  timeoutMs: rest.timeoutMs ?? 60_000,
  concurrency: rest.concurrency ?? 1,
})

/** The queues of a plugin's jobs, and of its handlers of events. */
export const queuesOf = ({ name: plugin, jobs = [], on = [] }: JobDeclaration): Queue[] => [
  ...jobs.map((job) => ({
    ...trying(job),
    id: queueId(plugin, job.name),
    plugin,
    name: job.name,
    schema: job.schema,
    run: (run: JobRun) => job.run(run),
  })),
  ...on.map((handler) => ({
    ...trying(handler),
    id: queueId(plugin, handlerName(handler.event)),
    plugin,
    name: handlerName(handler.event),
    schema: handler.event.schema,
    run: (run: JobRun) => handler.handle(run.input, run.service, run),
  })),
]

/** As pg-boss takes them. Jobs without a key of their own have their id for one: see {@link Queue}. */
export const queueOptions = ({ retries, backoff, timeoutMs }: Queue) => ({
  retryLimit: retries,
  retryDelay: backoff.firstS,
  retryBackoff: true,
  retryDelayMax: backoff.mostS,
  expireInSeconds: Math.ceil(timeoutMs / 1000) + EXPIRY_MARGIN_S,
  retentionSeconds: WAITS_S,
  deleteAfterSeconds: KEPT_S,
  notify: true,
})

const JOB_NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/
const EVENT_NAME = /^[a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)+$/

const isWhole = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most

function wrongTrying({ retries, backoff, timeoutMs, concurrency }: Queue): string | undefined {
  if (!isWhole(retries, 0, MOST_RETRIES)) return `retries are whole, 0 to ${MOST_RETRIES}`
  if (!isWhole(backoff.firstS, 1, DAY_S) || !isWhole(backoff.mostS, backoff.firstS, DAY_S)) {
    return 'seconds of the backoff are whole, from 1 to a day, the first no more than the most'
  }
  if (!isWhole(timeoutMs, 1, LONGEST_TIMEOUT_MS)) return 'its time limit is whole ms, up to 23 hours'
  return isWhole(concurrency, 1, MOST_CONCURRENT) ? undefined : `concurrency is 1 to ${MOST_CONCURRENT}`
}

/** @returns the sentence that refuses the jobs and events of a plugin, or undefined */
export function checkJobs(plugin: JobDeclaration): string | undefined {
  const { jobs = [], emits = [], on = [] } = plugin
  const job = jobs.find(({ name }) => !JOB_NAME.test(name))
  if (job) return `its job "${job.name}" is not in kebab-case`
  const event = [...emits, ...on.map((handler) => handler.event)].find(({ name }) => !EVENT_NAME.test(name))
  if (event) return `its event "${event.name}" is not of the form noun.verb`
  const queues = queuesOf(plugin)
  const ids = queues.map(({ id }) => id)
  const twice = queues.find(({ id }, i) => ids.indexOf(id) !== i)
  if (twice) return `it declares ${twice.name} twice among its jobs and handlers`
  for (const queue of queues) {
    const wrong = wrongTrying(queue)
    if (wrong !== undefined) return `its job ${queue.name} cannot be tried so: ${wrong}`
  }
  return undefined
}
