/** Follows the analysis of a session until it has ended: by the events of its job, and by asking where there are none. */

import { type Answer, ApiProblem, ask } from '../../api/client.ts'
import type { Session } from '../../api/shapes.ts'
import { may } from '../../app/viewer.ts'

type Job = Answer<'GET /api/jobs/{id}'>

/** How far the analysis is. */
export interface AnalysisProgress {
  /** null: it waits for its turn, or says nothing. */
  readonly percent: number | null
  /** Why no server runs it, in English. */
  readonly held: string | null
}

/** The session as it is in the end; a job that was given up leaves it as it was, and says why. */
export interface Followed {
  readonly session: Session
  readonly jobFailure: string | null
}

const FIRST_PAUSE_MS = 300
const LONGEST_PAUSE_MS = 4000

const hasEnded = ({ state }: Pick<Job, 'state'>): boolean =>
  state === 'completed' || state === 'failed' || state === 'cancelled'

const isGivenUp = ({ state }: Pick<Job, 'state'>): boolean => state === 'failed' || state === 'cancelled'

const progressOf = ({ progress, held }: Job): AnalysisProgress => ({
  percent: progress?.percent ?? null,
  held,
})

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end)
      resolve()
    }, ms)
    signal.addEventListener('abort', end, { once: true })
  })

/** Reads a job’s events until it has ended; null where the stream broke before. */
function readEvents(
  id: string,
  onProgress: (progress: AnalysisProgress) => void,
  signal: AbortSignal,
): Promise<Job | null> {
  return new Promise((resolve, reject) => {
    const source = new EventSource(`/api/jobs/${encodeURIComponent(id)}/events`)
    const end = (job: Job | null): void => {
      source.close()
      signal.removeEventListener('abort', abort)
      resolve(job)
    }
    const abort = (): void => {
      source.close()
      reject(signal.reason)
    }
    signal.addEventListener('abort', abort, { once: true })
    source.addEventListener('job', (event) => {
      const job = JSON.parse((event as MessageEvent<string>).data) as Job
      onProgress(progressOf(job))
      if (hasEnded(job)) end(job)
    })
    // The browser would connect again by itself, without an end: whether that helps is found out by asking.
    source.addEventListener('error', () => end(null))
  })
}

/** The latest job that analyses a session; null where there is none yet, or it may not be seen. */
async function jobOf(sessionId: string): Promise<Job | null> {
  if (!may('jobs:read')) return null
  const query = { plugin: 'session-analysis', name: 'analyse', sessionId, limit: '1' }
  const { data } = await ask('GET /api/jobs', { query })
  return data.items[0] ?? null
}

/** What may pass: a server that starts anew, a network that is away. */
const isPassing = (error: unknown): boolean =>
  error instanceof ApiProblem && (error.status === 0 || error.status === 429 || error.status >= 500)

/**
 * Resolves when the analysis is over, however it ended.
 *
 * @throws {ApiProblem} where the session may not be seen any more, or the reason of the signal
 */
export async function followAnalysis(
  sessionId: string,
  {
    jobId,
    onProgress,
    signal,
  }: {
    /** The job where it is known: until that has begun, a session says how an earlier one has ended. */
    readonly jobId?: string | undefined
    readonly onProgress: (progress: AnalysisProgress) => void
    readonly signal: AbortSignal
  },
): Promise<Followed> {
  let pauseMs = FIRST_PAUSE_MS
  let last = jobId === undefined ? null : await readEvents(jobId, onProgress, signal)
  for (;;) {
    signal.throwIfAborted()
    try {
      const { data: session } = await ask('GET /api/sessions/{id}', { path: { id: sessionId }, signal })
      if (session.status === 'completed' || session.status === 'failed') return { session, jobFailure: null }
      if (last && isGivenUp(last)) return { session, jobFailure: last.errorCode ?? 'JOB_CANCELLED' }
      last = await jobOf(sessionId)
      if (last && !hasEnded(last)) {
        last = await readEvents(last.id, onProgress, signal)
        if (last) continue
      }
    } catch (error) {
      if (!isPassing(error)) throw error
    }
    await pause(pauseMs, signal)
    pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 1.5)
  }
}
