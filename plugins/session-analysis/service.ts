/** Has the recordings of sessions analysed, durably. */
import { type Jobs, on, type UnitOfWork } from '../../src/sdk.ts'
import { sessionCreated, sessionUpdated } from '../clinical-records/index.ts'
import { analyse, type SessionAnalysisParts } from './analyse.ts'

/** What other plugins may do with the analyses of sessions. */
export interface SessionAnalysis extends SessionAnalysisParts {
  /**
   * Has the recording of a session analysed; once, where it waits for that already.
   *
   * @returns the id of the job
   */
  request(sessionId: string, work?: Pick<UnitOfWork, 'tx'>): Promise<string>
}

export const createSessionAnalysis = (parts: SessionAnalysisParts, jobs: Jobs): SessionAnalysis => ({
  ...parts,
  request: (sessionId, work) =>
    jobs.enqueue(analyse, { sessionId }, { key: sessionId, ...(work ? { tx: work.tx } : {}) }),
})

/** A session that waits for the analysis of its recording, however it came by it, has a job. */
export const handlers = [sessionCreated, sessionUpdated].map((event) =>
  on(event, async ({ sessionId }, service: SessionAnalysis, { complete }) => {
    await service.db.transaction(async (tx) => {
      const session = await service.records.sessions.find(sessionId)
      if (session?.recordingId && session.status === 'pending') await service.request(sessionId, { tx })
      await complete(tx)
    })
  }),
)
