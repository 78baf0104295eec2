/** Removes the analyses of a patient. */
import { inArray, or } from 'drizzle-orm'
import type { ErasedPatient, UnitOfWork } from '../../src/sdk.ts'
import { analyses } from './tables.ts'

/** @returns their ids; what others have made of an analysis goes with it, by their foreign keys */
export async function eraseAnalyses(
  { sessionIds, recordingIds }: ErasedPatient,
  { tx }: UnitOfWork,
): Promise<string[]> {
  const gone = await tx
    .delete(analyses)
    .where(or(inArray(analyses.sessionId, [...sessionIds]), inArray(analyses.recordingId, [...recordingIds])))
    .returning({ id: analyses.id })
  return gone.map(({ id }) => id)
}
