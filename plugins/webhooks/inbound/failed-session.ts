/** A recording of a patient that could not be had: the delivery says so, and so does a session without a recording. */
import { basename } from 'node:path'
import { inOneTransaction, type UnitOfWork } from '../../../src/sdk.ts'
import { startOf } from '../../c3d-reader/index.ts'
import type { ClinicalRecords, Patient } from '../../clinical-records/index.ts'
import type { DeliveryFailure } from './failure.ts'
import type { InboundParts } from './parts.ts'
import type { Delivery } from './store.ts'

/** With these there is a recording, or nobody who has it. */
const WITHOUT_SESSION = new Set(['PATIENT_NOT_FOUND', 'RECORDING_IN_OTHER_SESSION'])

type Failure = Pick<DeliveryFailure, 'code' | 'reason'>

/** Makes one, or says it of the one that an earlier delivery of the object has made. @returns its id */
async function failSession(
  { sessions }: ClinicalRecords,
  { path, startedAt, receivedAt }: Delivery,
  { patient, existing, failure }: { patient: Patient; existing: string | null; failure: Failure },
  work: UnitOfWork,
): Promise<string> {
  const state = { status: 'failed', failure } as const
  if (existing !== null && (await sessions.proceed(existing, null, state, work))) return existing
  const start = startOf({
    stated: startedAt ?? undefined,
    description: {},
    fileName: basename(path),
    receivedAt,
  })
  const { id } = await sessions.create(
    {
      patientId: patient.id,
      recordingId: null,
      startedAt: start.at,
      startedAtBasis: start.basis,
      rpe: null,
      bfr: null,
      game: null,
    },
    work,
  )
  await sessions.proceed(id, null, state, work)
  return id
}

/** Says it durably: in one transaction, and of one session however often the same object fails. */
export async function noteFailure(
  { db, records, deliveries }: InboundParts,
  delivery: Delivery,
  failure: Failure,
): Promise<void> {
  const { id, object, patientCode } = delivery
  const named = patientCode === null || WITHOUT_SESSION.has(failure.code) ? null : patientCode
  const patient = named === null ? undefined : await records.patients.find(named)
  await inOneTransaction(db, async (work) => {
    let sessionId: string | null = null
    if (patient) {
      await deliveries.lockObject(object, work.tx)
      const existing = await deliveries.failedSessionOf(object, patient.code, work.tx)
      sessionId = await failSession(records, delivery, { patient, existing, failure }, work)
    }
    await deliveries.proceed(id, { status: 'failed', failure, sessionId }, work.tx)
  })
}
