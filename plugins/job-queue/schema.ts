/** The shapes of jobs in REST. */
import * as v from 'valibot'
import { JOB_STATES, pageOf } from '../../src/sdk.ts'

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const time = v.pipe(v.string(), v.description('ISO 8601, UTC'))

export const State = v.pipe(
  v.picklist(JOB_STATES),
  v.description('waiting: to be run, now or later; failed: given up, until somebody has it tried again'),
)

const names = {
  plugin: v.string(),
  name: v.pipe(v.string(), v.description('In its plugin; `on.` and the event for the handler of one')),
}

export const Job = v.object({
  id: v.pipe(v.string(), v.uuid()),
  ...names,
  state: State,
  attempts: v.pipe(count, v.description('Those that were begun')),
  priority: v.pipe(v.number(), v.integer(), v.description('Higher ones of a queue are run first')),
  enqueuedAt: time,
  notBefore: v.pipe(time, v.description('When it may be run: later than now before its next attempt')),
  startedAt: v.pipe(v.nullable(time), v.description('Of the last attempt')),
  finishedAt: v.nullable(time),
  errorCode: v.pipe(v.nullable(v.string()), v.description('Why the last attempt has failed')),
  progress: v.pipe(
    v.nullable(v.object({ percent: count, note: v.nullable(v.string()) })),
    v.description('Of a job that runs and says so'),
  ),
  held: v.pipe(v.nullable(v.string()), v.description('Why this server will not run it')),
})

export const Jobs = pageOf(Job)

export const Queues = v.object({
  items: v.array(v.object({ ...names, waiting: count, running: count, failed: count })),
})
