/** Summaries of kept analyses: made when an analysis is, or when one is asked for that has none yet. */
import { and, eq, inArray } from 'drizzle-orm'
import type { Database } from '../../../src/sdk.ts'
import type { ResultStore } from '../../session-analysis/index.ts'
import { summaries } from '../tables.ts'
import { SUMMARY_VERSION, type Summary, summarise } from './summary.ts'

/** Whole analyses that are in memory at once. */
const BATCH = 20

/** Summaries at rest. */
export interface SummaryStore {
  /** The summaries of analyses, by their ids. An analysis that is not there has none. */
  of(analysisIds: readonly string[]): Promise<Map<string, Summary>>
}

export function createSummaryStore(db: Database, results: Pick<ResultStore, 'findMany'>): SummaryStore {
  const stored = (ids: readonly string[]) =>
    ids.length === 0
      ? []
      : db
          .select({ id: summaries.analysisId, summary: summaries.summary })
          .from(summaries)
          .where(and(inArray(summaries.analysisId, [...ids]), eq(summaries.version, SUMMARY_VERSION)))

  async function make(ids: readonly string[]): Promise<Array<[string, Summary]>> {
    const made = (await results.findMany(ids)).map(({ id, result }): [string, Summary] => [
      id,
      summarise(result),
    ])
    if (made.length === 0) return made
    await db
      .insert(summaries)
      .values(made.map(([analysisId, summary]) => ({ analysisId, version: SUMMARY_VERSION, summary })))
      // Another request may have made it meanwhile: the same.
      .onConflictDoNothing()
    return made
  }

  return {
    async of(ids) {
      const found = new Map((await stored(ids)).map(({ id, summary }) => [id, summary]))
      const missing = ids.filter((id) => !found.has(id))
      for (let i = 0; i < missing.length; i += BATCH) {
        for (const [id, summary] of await make(missing.slice(i, i + BATCH))) found.set(id, summary)
      }
      return found
    },
  }
}
