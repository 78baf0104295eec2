/** What was exported, when, and what exactly: rows are only added. */
import { and, desc, eq, isNull, lt, or, type SQL } from 'drizzle-orm'
import type { Database } from '../../../src/sdk.ts'
import type { RecordingUser, RecordingVisibility } from '../../c3d-reader/index.ts'
import { ofVisibleSessionId } from '../../clinical-records/index.ts'
import { exportHistory } from '../tables.ts'
import type { ExportRow } from './schema.ts'

/** Which part of the history is asked for. */
export interface HistoryFilter {
  readonly recordingId?: string | undefined
  readonly sessionId?: string | undefined
  /** The last id of the page before. */
  readonly cursor?: string | undefined
}

/** A recording may have belonged to another session when it was exported. */
function ofVisibleSession({ scope }: RecordingUser): SQL | undefined {
  const visible = ofVisibleSessionId(exportHistory.sessionId, scope)
  return visible && or(isNull(exportHistory.sessionId), visible)
}

/** The history of exports in the database. */
export interface ExportHistory {
  /** Resolves when the row is there to stay; only then may the file be handed out. */
  add(row: Omit<ExportRow, 'id' | 'exportedAt'>): Promise<string>
  /**
   * Newest first, of the recordings and sessions that somebody may see.
   *
   * @param limit entries at most
   */
  list(limit: number, filter: HistoryFilter, viewer: RecordingUser): Promise<ExportRow[]>
}

export const createExportHistory = (
  db: Database,
  visibility: Pick<RecordingVisibility, 'ofVisible'>,
): ExportHistory => ({
  async add(row) {
    const id = Bun.randomUUIDv7()
    await db.insert(exportHistory).values({ id, ...row })
    return id
  },
  list: (limit, { recordingId, sessionId, cursor }, viewer) =>
    db
      .select()
      .from(exportHistory)
      .where(
        and(
          recordingId === undefined ? undefined : eq(exportHistory.recordingId, recordingId),
          sessionId === undefined ? undefined : eq(exportHistory.sessionId, sessionId),
          cursor === undefined ? undefined : lt(exportHistory.id, cursor),
          visibility.ofVisible(exportHistory.recordingId, viewer),
          ofVisibleSession(viewer),
        ),
      )
      .orderBy(desc(exportHistory.id))
      .limit(limit),
})
