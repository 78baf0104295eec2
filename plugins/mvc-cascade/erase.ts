/** Removes the MVC records of a patient: the one way that a record may go. */
import { and, eq, inArray, isNotNull, ne, sql } from 'drizzle-orm'
import type { ErasedPatient, UnitOfWork } from '../../src/sdk.ts'
import { mvcRecords } from './tables.ts'

/** @returns ids of the records */
export async function eraseRecords(
  { patientId }: Pick<ErasedPatient, 'patientId'>,
  { tx }: UnitOfWork,
): Promise<string[]> {
  // What the trigger of the table asks for.
  await tx.execute(sql`select set_config('myoserve.erased_patient', ${patientId}, true)`)
  const gone = await tx
    .delete(mvcRecords)
    .where(eq(mvcRecords.patientId, patientId))
    .returning({ id: mvcRecords.id })
  await tx.execute(sql`select set_config('myoserve.erased_patient', '', true)`)
  return gone.map(({ id }) => id)
}

/** Recordings that this patient was calibrated by, and nobody else. */
export async function calibrationRecordings(
  { patientId }: Pick<ErasedPatient, 'patientId'>,
  tx: UnitOfWork['tx'],
): Promise<string[]> {
  const own = tx
    .selectDistinct({ id: mvcRecords.recordingId })
    .from(mvcRecords)
    .where(and(eq(mvcRecords.patientId, patientId), isNotNull(mvcRecords.recordingId)))
  const ids = (await own).flatMap(({ id }) => id ?? [])
  if (ids.length === 0) return ids
  const others = await tx
    .selectDistinct({ id: mvcRecords.recordingId })
    .from(mvcRecords)
    .where(and(inArray(mvcRecords.recordingId, ids), ne(mvcRecords.patientId, patientId)))
  const shared = new Set(others.map(({ id }) => id))
  return ids.filter((id) => !shared.has(id))
}
