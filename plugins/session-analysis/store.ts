/** Analyses of sessions at rest. */
import { and, desc, eq, inArray, lt, sql } from 'drizzle-orm'
import type { Database, UnitOfWork } from '../../src/sdk.ts'
import type { FullAnalysis } from '../emg-analyzer/index.ts'
import { analyses } from './tables.ts'

/** An analysis as it was made. */
export type StoredResult = typeof analyses.$inferSelect

/** An analysis without its figures, for lists. */
export type StoredResultSummary = Omit<StoredResult, 'result'>

/** The newest analysis of a session's recording. */
export interface NewestResult extends StoredResultSummary {
  /** When the first one of that recording was kept. */
  readonly firstCompletedAt: Date
}

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
  /**
   * The newest analysis of each session's recording, in no order; of a session that has got another recording since,
   * only those of that one count.
   */
  newestOf(
    sessions: ReadonlyArray<{ readonly id: string; readonly recordingId: string | null }>,
  ): Promise<NewestResult[]>
  /** Analyses by their ids, in no order. */
  findMany(ids: readonly string[]): Promise<Array<Pick<StoredResult, 'id' | 'result'>>>
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
  async newestOf(sessions) {
    const recordings = new Map(
      sessions.flatMap(({ id, recordingId }) => (recordingId ? [[id, recordingId]] : [])),
    )
    if (recordings.size === 0) return []
    const newest = await db
      .selectDistinctOn([analyses.sessionId, analyses.recordingId], {
        ...summaryColumns,
        firstCompletedAt:
          sql<Date>`min(${analyses.completedAt}) over (partition by ${analyses.sessionId}, ${analyses.recordingId})`.mapWith(
            analyses.completedAt,
          ),
      })
      .from(analyses)
      .where(inArray(analyses.sessionId, [...recordings.keys()]))
      .orderBy(analyses.sessionId, analyses.recordingId, desc(analyses.id))
    return newest.filter(({ sessionId, recordingId }) => recordings.get(sessionId) === recordingId)
  },
  findMany: async (ids) =>
    ids.length === 0
      ? []
      : db
          .select({ id: analyses.id, result: analyses.result })
          .from(analyses)
          .where(inArray(analyses.id, [...ids])),
  find: async (sessionId, id) =>
    (
      await db
        .select()
        .from(analyses)
        .where(and(eq(analyses.sessionId, sessionId), eq(analyses.id, id)))
    )[0],
})
