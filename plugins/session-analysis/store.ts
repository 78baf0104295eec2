/** Analyses of sessions at rest. */
import { and, desc, eq, lt } from 'drizzle-orm'
import type { Database, UnitOfWork } from '../../src/sdk.ts'
import type { FullAnalysis } from '../emg-analyzer/index.ts'
import { analyses } from './tables.ts'

/** An analysis as it was made. */
export type StoredResult = typeof analyses.$inferSelect

/** An analysis without its figures, for lists. */
export type StoredResultSummary = Omit<StoredResult, 'result'>

/** An analysis to keep. */
export interface NewResult {
  readonly sessionId: string
  readonly recordingId: string
  readonly inputs: string
  readonly result: FullAnalysis
}

/** The analyses that were kept. */
export interface ResultStore {
  /**
   * Keeps an analysis; the same inputs give the same analysis, so that it is kept once.
   *
   * @returns its id
   */
  add(result: NewResult, work: UnitOfWork): Promise<string>
  /** Of a session, newest first; `after` is the last id of the page before. */
  list(sessionId: string, limit: number, after?: string): Promise<StoredResultSummary[]>
  /** One of a session, or undefined. */
  find(sessionId: string, id: string): Promise<StoredResult | undefined>
}

const summaryColumns = {
  id: analyses.id,
  sessionId: analyses.sessionId,
  recordingId: analyses.recordingId,
  inputs: analyses.inputs,
  preset: analyses.preset,
  pipelineVersion: analyses.pipelineVersion,
  completedAt: analyses.completedAt,
}

export const createResultStore = (db: Database): ResultStore => ({
  async add({ result, ...rest }, { tx }) {
    const { preset, pipelineVersion } = result
    const values = { id: Bun.randomUUIDv7(), ...rest, preset, pipelineVersion, result }
    const [added] = await tx
      .insert(analyses)
      .values(values)
      .onConflictDoNothing()
      .returning({ id: analyses.id })
    if (added) return added.id
    const { sessionId, recordingId, inputs } = rest
    const [there] = await tx
      .select({ id: analyses.id })
      .from(analyses)
      .where(
        and(
          eq(analyses.sessionId, sessionId),
          eq(analyses.recordingId, recordingId),
          eq(analyses.inputs, inputs),
        ),
      )
    if (!there) throw new Error(`the analysis ${inputs} conflicts with a row that is not there`)
    return there.id
  },
  list: (sessionId, limit, after) =>
    db
      .select(summaryColumns)
      .from(analyses)
      .where(and(eq(analyses.sessionId, sessionId), after === undefined ? undefined : lt(analyses.id, after)))
      .orderBy(desc(analyses.id))
      .limit(limit),
  find: async (sessionId, id) =>
    (
      await db
        .select()
        .from(analyses)
        .where(and(eq(analyses.sessionId, sessionId), eq(analyses.id, id)))
    )[0],
})
