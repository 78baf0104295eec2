/** Scores at rest. They are added, never changed. */
import { and, desc, eq, inArray, lt, sql } from 'drizzle-orm'
import type { Announce, Database } from '../../../src/sdk.ts'
import type { TherapySession } from '../../clinical-records/index.ts'
import type { Source } from '../configurations/resolve.ts'
import type { Score, ScoreInput } from '../score/index.ts'
import { type ScoredAnalysis, scores } from '../tables.ts'

/** A stored score as its table has it. */
export type ScoreRow = typeof scores.$inferSelect

/** A score that was computed for a session. */
export interface NewScore {
  readonly chosenBy: Source
  readonly input: ScoreInput
  readonly score: Score
  readonly analysis: ScoredAnalysis | null
}

/** Scores of sessions in the database. */
export interface ScoreStore {
  /**
   * Stores a score, unless the newest one of the session says the same of the same: then that is answered.
   */
  add(
    session: Pick<TherapySession, 'id' | 'patientCode'>,
    score: NewScore,
  ): Promise<{ readonly row: ScoreRow; readonly created: boolean }>
  /** Newest first; `after` is the last id of the page before. */
  ofSession(sessionId: string, limit: number, after?: string): Promise<ScoreRow[]>
  /** Which score is the newest of each session that has one. */
  newestOf(sessionIds: readonly string[]): Promise<Array<Pick<ScoreRow, 'id' | 'sessionId'>>>
  /** Scores by their ids, in no order. */
  findMany(ids: readonly string[]): Promise<ScoreRow[]>
}

/** Field order in stored JSON is that of the program that wrote it. */
const same = (a: unknown, b: unknown): boolean => Bun.deepEquals(a, b, true)

const says = ({ chosenBy, input, score, analysis }: NewScore) => ({ chosenBy, input, score, analysis })

type Connection = Pick<Database, 'select'>

const page = (db: Connection, sessionId: string, limit: number, after?: string): Promise<ScoreRow[]> =>
  db
    .select()
    .from(scores)
    .where(and(eq(scores.sessionId, sessionId), after === undefined ? undefined : lt(scores.id, after)))
    .orderBy(desc(scores.id))
    .limit(limit)

export function createScoreStore(db: Database, announce: Announce): ScoreStore {
  return {
    ofSession: (sessionId, limit, after) => page(db, sessionId, limit, after),
    newestOf: async (sessionIds) =>
      sessionIds.length === 0
        ? []
        : db
            .selectDistinctOn([scores.sessionId], { id: scores.id, sessionId: scores.sessionId })
            .from(scores)
            .where(inArray(scores.sessionId, [...sessionIds]))
            .orderBy(scores.sessionId, desc(scores.id)),
    findMany: async (ids) =>
      ids.length === 0
        ? []
        : db
            .select()
            .from(scores)
            .where(inArray(scores.id, [...ids])),
    async add({ id: sessionId, patientCode }, added) {
      const { change, ...stored } = await db.transaction(async (tx) => {
        // Two requests for one session wait for each other, so that they do not store one score twice.
        await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${sessionId}, 0))`)
        const [newest] = await page(tx, sessionId, 1)
        if (newest && same(says(newest), says(added))) return { row: newest, created: false, change: null }
        const { configuration, overall } = added.score
        const values = {
          ...added,
          id: Bun.randomUUIDv7(),
          sessionId,
          configurationId: configuration.id,
          version: configuration.version,
          overall: overall.value,
        }
        const [row] = await tx.insert(scores).values(values).returning()
        const change = await announce(
          [
            ['session.scored:{sessionId}', { sessionId }],
            ['patient.scored:{patientCode}', { patientCode }],
          ],
          tx,
        )
        return { row: row as ScoreRow, created: true, change }
      })
      await change?.settled()
      return stored
    },
  }
}
