/** What was exported, when, and what exactly: rows are only added. */
import { and, desc, eq, lt } from 'drizzle-orm'
import type { Database } from '../../../src/sdk.ts'
import { exportHistory } from '../tables.ts'
import type { ExportRow } from './schema.ts'

/** Which part of the history is asked for. */
export interface HistoryFilter {
  readonly recordingId?: string | undefined
  readonly sessionId?: string | undefined
  /** The last id of the page before. */
  readonly cursor?: string | undefined
}

/** The history of exports in the database. */
export interface ExportHistory {
  /** Resolves when the row is there to stay; only then may the file be handed out. */
  add(row: Omit<ExportRow, 'id' | 'exportedAt' | 'exportedBy'>): Promise<string>
  /** Newest first. @param limit entries at most */
  list(limit: number, filter: HistoryFilter): Promise<ExportRow[]>
}

export const createExportHistory = (db: Database): ExportHistory => ({
  async add(row) {
    const id = Bun.randomUUIDv7()
    await db.insert(exportHistory).values({ id, ...row })
    return id
  },
  list: (limit, { recordingId, sessionId, cursor }) =>
    db
      .select()
      .from(exportHistory)
      .where(
        and(
          recordingId === undefined ? undefined : eq(exportHistory.recordingId, recordingId),
          sessionId === undefined ? undefined : eq(exportHistory.sessionId, sessionId),
          cursor === undefined ? undefined : lt(exportHistory.id, cursor),
        ),
      )
      .orderBy(desc(exportHistory.id))
      .limit(limit),
})
