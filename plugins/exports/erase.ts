/** Removes what was exported of a patient from the history. The files themselves were never kept. */
import { inArray, or } from 'drizzle-orm'
import type { ErasedPatient, UnitOfWork } from '../../src/sdk.ts'
import { exportHistory } from './tables.ts'

export async function eraseExports(
  { sessionIds, recordingIds }: ErasedPatient,
  { tx }: UnitOfWork,
): Promise<string[]> {
  const gone = await tx
    .delete(exportHistory)
    .where(
      or(
        inArray(exportHistory.sessionId, [...sessionIds]),
        inArray(exportHistory.recordingId, [...recordingIds]),
      ),
    )
    .returning({ id: exportHistory.id })
  return gone.map(({ id }) => id)
}
