/** Holds sessions that wait for their analysis against the jobs that there are. */
import * as v from 'valibot'
import type { Examination } from '../../src/sdk.ts'
import { sessionsAwaitingAnalysis } from '../clinical-records/index.ts'

const MOST_NAMED = 20

/** The session of a job, or of the handler of an event. */
const Subject = v.object({ sessionId: v.string() })

/** That each session with a recording is analysed, has been, or will be. */
export const sessionExaminations: readonly Examination[] = [
  {
    name: 'sessions-have-jobs',
    async examine({ db, jobs }) {
      const { waiting, underway } = await db.transaction(
        async (tx) => ({
          waiting: await sessionsAwaitingAnalysis(tx),
          underway: await jobs.underway('session-analysis', tx),
        }),
        // Both as they were at one time: what ends meanwhile is missing from neither.
        { isolationLevel: 'repeatable read', accessMode: 'read only' },
      )
      const known = new Set(underway.flatMap(({ input }) => (v.is(Subject, input) ? input.sessionId : [])))
      const stuck = waiting.filter(({ id }) => !known.has(id))
      if (stuck.length === 0) {
        const sentence =
          waiting.length === 0
            ? 'No session waits for its analysis.'
            : `All ${waiting.length} sessions that wait for their analysis have a job.`
        return [{ level: 'ok', sentence }]
      }
      return [
        ...stuck.slice(0, MOST_NAMED).map(({ id, status }) => ({
          level: 'fault' as const,
          sentence: `Session ${id} is ${status}, and no job analyses it.`,
          help: `curl -X POST http://127.0.0.1:8080/api/sessions/${id}/analysis`,
        })),
        ...(stuck.length > MOST_NAMED
          ? [
              {
                level: 'fault' as const,
                sentence: `${stuck.length - MOST_NAMED} more are as the ${MOST_NAMED} before.`,
              },
            ]
          : []),
      ]
    },
  },
]
