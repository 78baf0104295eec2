/** Which jobs of a list are followed live, and how the list looks with what was heard of them. */
import type { Answer } from '../../../api/client.ts'

export type Job = Answer<'GET /api/jobs/{id}'>
export type JobState = Job['state']

export const STATES = ['waiting', 'running', 'failed', 'completed', 'cancelled'] as const

/** Streams at once: a browser opens six connections to a server, and the rest of the page needs some. */
const MOST = 3

const hasEnded = ({ state }: Job): boolean => state !== 'waiting' && state !== 'running'

/** Those that run, then those that wait, as many as may be followed; in the order of the list. */
export const followed = (jobs: readonly Job[]): readonly string[] =>
  [...jobs.filter(({ state }) => state === 'running'), ...jobs.filter(({ state }) => state === 'waiting')]
    .slice(0, MOST)
    .map(({ id }) => id)

/** What the list says, with what was heard since; what the list says of a job that has ended is the last word. */
export const withNews = (jobs: readonly Job[], news: ReadonlyMap<string, Job>): readonly Job[] =>
  jobs.map((job) => (hasEnded(job) ? job : (news.get(job.id) ?? job)))

export const mayRetry = ({ state }: Job): boolean => state === 'failed'
export const mayCancel = (job: Job): boolean => !hasEnded(job)

/** Of the queues: how many wait, run and were given up. */
export function totalsOf(queues: Answer<'GET /api/jobs/queues'>['items']) {
  const total = (of: 'waiting' | 'running' | 'failed') => queues.reduce((sum, queue) => sum + queue[of], 0)
  return { waiting: total('waiting'), running: total('running'), failed: total('failed') }
}
