/** Removes what webhooks keep of a patient. */
import { eq, inArray, or } from 'drizzle-orm'
import type { ErasedPatient, UnitOfWork } from '../../src/sdk.ts'
import { deliveries } from './tables.ts'

/** Deliveries that name the patient, or have brought what is erased. @returns their ids, by which jobs name them */
export async function eraseDeliveries(
  { patientCode, sessionIds, recordingIds }: ErasedPatient,
  { tx }: UnitOfWork,
): Promise<string[]> {
  const gone = await tx
    .delete(deliveries)
    .where(
      or(
        eq(deliveries.patientCode, patientCode),
        inArray(deliveries.sessionId, [...sessionIds]),
        inArray(deliveries.recordingId, [...recordingIds]),
      ),
    )
    .returning({ id: deliveries.id })
  return gone.map(({ id }) => id)
}

/** Recordings that were announced as the patient's. */
export async function announcedRecordings(
  { patientCode }: Pick<ErasedPatient, 'patientCode'>,
  tx: UnitOfWork['tx'],
): Promise<string[]> {
  const rows = await tx
    .select({ id: deliveries.recordingId })
    .from(deliveries)
    .where(eq(deliveries.patientCode, patientCode))
  return rows.flatMap(({ id }) => id ?? [])
}
