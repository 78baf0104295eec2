/** Removes what was set by hand for a patient: edits of recordings, and channel profiles. */
import { eq, inArray } from 'drizzle-orm'
import type { ErasedPatient, UnitOfWork } from '../../src/sdk.ts'
import { channelProfiles, contractionEdits } from './tables.ts'

export async function eraseByHand(
  { patientCode, recordingIds }: ErasedPatient,
  { tx }: UnitOfWork,
): Promise<string[]> {
  await tx.delete(contractionEdits).where(inArray(contractionEdits.recordingId, [...recordingIds]))
  await tx.delete(channelProfiles).where(eq(channelProfiles.patientCode, patientCode))
  return []
}
