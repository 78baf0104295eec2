/** Recordings belong to the patients of their sessions. */
import { isNotNull, sql } from 'drizzle-orm'
import type { RecordingOwners } from '../../c3d-reader/index.ts'
import { therapySessions } from '../tables.ts'
import { ofVisiblePatientId } from './scope.ts'

const { recordingId: recording, patientId } = therapySessions

/** What the reader of recordings asks, which knows no patients. */
export const recordingOwners: RecordingOwners = {
  ofPatients: (recordingId, scope) =>
    sql`${recordingId} in (select ${recording} from ${therapySessions} where ${ofVisiblePatientId(patientId, scope)})`,
  ofAnyPatient: (recordingId) =>
    sql`${recordingId} in (select ${recording} from ${therapySessions} where ${isNotNull(recording)})`,
}
