/** Removes the scores of a patient, and which configurations they were scored by. */
import { eq, inArray, or } from 'drizzle-orm'
import type { ErasedPatient, UnitOfWork } from '../../src/sdk.ts'
import { assignments, scores } from './tables.ts'

/** @returns ids of the scores */
export async function eraseScores(
  { patientId, sessionIds }: ErasedPatient,
  { tx }: UnitOfWork,
): Promise<string[]> {
  const ofSessions = [...sessionIds]
  const gone = await tx
    .delete(scores)
    .where(inArray(scores.sessionId, ofSessions))
    .returning({ id: scores.id })
  await tx
    .delete(assignments)
    .where(or(eq(assignments.patientId, patientId), inArray(assignments.sessionId, ofSessions)))
  return gone.map(({ id }) => id)
}
