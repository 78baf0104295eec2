/** `/api/jobs`: what the plugins have to do, how far it is, and what may be done about it. */
import { type SQL, sql } from 'drizzle-orm'
import * as v from 'valibot'
import {
  cutPage,
  type JobChange,
  type JobInfo,
  type JobOperator,
  PageLimit,
  Problem,
  type Route,
  route,
  textOf,
} from '../../src/sdk.ts'
import type { JobQueue } from './index.ts'
import { Job, Jobs, Queues, State } from './schema.ts'
import { jobMissing } from './visibility.ts'
import { jobOf } from './wire.ts'

const READ = 'jobs:read'
const MANAGE = 'jobs:manage'

const text = textOf(200)
const Id = v.object({ id: v.pipe(v.string(), v.uuid()) })

/** @throws {Problem} where there is no such job, or its state does not allow it */
async function changed(
  operator: JobOperator,
  id: string,
  change: (id: string) => Promise<JobChange>,
  refusal: Problem,
): Promise<ReturnType<typeof jobOf>> {
  const result = await change(id)
  if (result === 'refused') throw refusal
  const job = result === 'done' ? await operator.get(id) : null
  if (!job) throw jobMissing()
  return jobOf(job)
}

/** Both conditions on what jobs take, where there are two. */
function takingSession(
  sessionId: string | undefined,
  visible: ((input: SQL) => SQL) | undefined,
): ((input: SQL) => SQL) | undefined {
  if (sessionId === undefined) return visible
  const ofSession = (input: SQL): SQL => sql`${input} ->> 'sessionId' = ${sessionId}`
  return visible ? (input) => sql`${ofSession(input)} and ${visible(input)}` : ofSession
}

async function* wired(jobs: AsyncGenerator<JobInfo, void>) {
  for await (const job of jobs) yield jobOf(job)
}

const showing = ({ operator, streams, visibility }: JobQueue): Route[] => [
  route({
    method: 'get',
    path: '/api/jobs',
    summary: 'Jobs of all plugins, the latest first; never what they take',
    policy: READ,
    concerns: 'filtered',
    query: v.object({
      plugin: v.optional(text),
      name: v.optional(text),
      state: v.optional(State),
      sessionId: v.optional(
        v.pipe(v.string(), v.uuid(), v.toLowerCase(), v.description('Only those about this session')),
      ),
      cursor: v.optional(v.pipe(v.string(), v.uuid())),
      limit: PageLimit,
    }),
    answers: { 200: { description: 'A page', schema: Jobs } },
    async handle({ viewer, query: { plugin, name, state, sessionId, cursor, limit } }) {
      const filter = {
        taking: takingSession(sessionId, visibility.taking(viewer)),
        ...(plugin !== undefined && { plugin }),
        ...(name !== undefined && { name }),
        ...(state !== undefined && { state }),
        ...(cursor !== undefined && { before: cursor }),
      }
      const jobs = await operator.list(filter, limit + 1)
      return cutPage(jobs.map(jobOf), limit, ({ id }) => id)
    },
  }),
  route({
    method: 'get',
    path: '/api/jobs/queues',
    summary: 'How many jobs of each kind wait, run, and were given up, of all patients',
    // Of all patients, and so for those who see them all: it names no concern.
    policy: READ,
    answers: { 200: { description: 'Some seconds old at most', schema: Queues } },
    handle: async () => ({ items: await operator.counts() }),
  }),
  route({
    method: 'get',
    path: '/api/jobs/{id}',
    summary: 'One job',
    policy: READ,
    concerns: { job: 'id' },
    params: Id,
    answers: { 200: { description: 'The job', schema: Job }, 404: { description: 'JOB_NOT_FOUND' } },
    async handle({ params: { id } }) {
      const job = await operator.get(id)
      if (!job) throw jobMissing()
      return jobOf(job)
    },
  }),
  route({
    method: 'get',
    path: '/api/jobs/{id}/events',
    summary:
      'A job as it is and as it changes, as server-sent events, until it has ended or may not be seen any more',
    policy: READ,
    concerns: { job: 'id' },
    params: Id,
    answers: {
      200: {
        description: 'Events named `job`, each with the job as JSON',
        schema: Job,
        mediaType: 'text/event-stream',
      },
      404: { description: 'JOB_NOT_FOUND' },
      503: { description: 'TOO_MANY_STREAMS' },
    },
    async handle({ params: { id }, c }) {
      if (!(await operator.get(id))) throw jobMissing()
      return streams.open('job', (signal) => wired(operator.follow(id, signal)), c.req.raw.signal)
    },
  }),
]

const operating = ({ operator }: JobQueue): Route[] => [
  route({
    method: 'post',
    path: '/api/jobs/{id}/retry',
    summary: 'Have a job tried once more that was given up',
    policy: MANAGE,
    concerns: { job: 'id' },
    params: Id,
    answers: {
      200: { description: 'It waits again', schema: Job },
      404: { description: 'JOB_NOT_FOUND' },
      409: { description: 'JOB_NOT_FAILED: it was not given up, or another one with its key waits or runs' },
    },
    handle: ({ params: { id } }) =>
      changed(
        operator,
        id,
        operator.retry,
        new Problem(
          409,
          'JOB_NOT_FAILED',
          'The job was not given up, or another one for the same is on its way.',
        ),
      ),
  }),
  route({
    method: 'post',
    path: '/api/jobs/{id}/cancel',
    summary: 'End a job that waits or runs, on whichever server',
    policy: MANAGE,
    concerns: { job: 'id' },
    params: Id,
    answers: {
      200: { description: 'It is cancelled', schema: Job },
      404: { description: 'JOB_NOT_FOUND' },
      409: { description: 'JOB_ENDED: it has ended already' },
    },
    handle: ({ params: { id } }) =>
      changed(operator, id, operator.cancel, new Problem(409, 'JOB_ENDED', 'The job has ended already.')),
  }),
]

export const jobRoutes = (queue: JobQueue): Route[] => [...showing(queue), ...operating(queue)]
