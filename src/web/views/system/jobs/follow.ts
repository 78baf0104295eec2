/** Which jobs of a list are followed live, and how the list looks with what was heard of them. */
import type { Answer } from '../../../api/client.ts'

export type Job = Answer<'GET /api/jobs/{id}'>
export type JobState = Job['state']

export const STATES = ['waiting', 'running', 'failed', 'completed', 'cancelled'] as const

/** Streams at once: a browser opens six connections to a server, and the rest of the page needs some. */
const MOST = 3

export const hasEnded = ({ state }: Job): boolean => state !== 'waiting' && state !== 'running'

/**
 * Those that run, then those of which one waits to hear, then the others that wait: as many as may be followed.
 *
 * @param awaited ids, whether they are in the list or not
 */
export function followed(jobs: readonly Job[], awaited: readonly string[] = []): readonly string[] {
  const inState = (wanted: JobState) => jobs.filter(({ state }) => state === wanted).map(({ id }) => id)
  return [...new Set([...inState('running'), ...awaited, ...inState('waiting')])].slice(0, MOST)
}

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
