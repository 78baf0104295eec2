/** Scores at rest. They are added, never changed. */
import { and, desc, eq, lt, sql } from 'drizzle-orm'
import type { Database } from '../../../src/sdk.ts'
import type { Source } from '../configurations/resolve.ts'
import type { Score, ScoreInput } from '../score/index.ts'
import { type ScoredAnalysis, scores } from '../tables.ts'

export type ScoreRow = typeof scores.$inferSelect

/** A score that was computed for a session. */
export interface NewScore {
  readonly sessionId: string
  readonly chosenBy: Source
  readonly input: ScoreInput
  readonly score: Score
  readonly analysis: ScoredAnalysis | null
}

export interface ScoreStore {
  /**
   * Stores a score, unless the newest one of the session says the same of the same: then that is answered.
   */
  add(score: NewScore): Promise<{ readonly row: ScoreRow; readonly created: boolean }>
  /** Newest first; `after` is the last id of the page before. */
  ofSession(sessionId: string, limit: number, after?: string): Promise<ScoreRow[]>
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

export function createScoreStore(db: Database): ScoreStore {
  return {
    ofSession: (sessionId, limit, after) => page(db, sessionId, limit, after),
    add: (added) =>
      db.transaction(async (tx) => {
        // Two requests for one session wait for each other, so that they do not store one score twice.
        await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${added.sessionId}, 0))`)
        const [newest] = await page(tx, added.sessionId, 1)
        if (newest && same(says(newest), says(added))) return { row: newest, created: false }
        const { configuration, overall } = added.score
        const values = {
          ...added,
          id: Bun.randomUUIDv7(),
          configurationId: configuration.id,
          version: configuration.version,
          overall: overall.value,
        }
        const [row] = await tx.insert(scores).values(values).returning()
        return { row: row as ScoreRow, created: true }
      }),
  }
}
