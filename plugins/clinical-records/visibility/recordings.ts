/** Recordings belong to the patients of their sessions. */
import { and, eq, isNotNull, sql } from 'drizzle-orm'
import type { RecordingOwners } from '../../c3d-reader/index.ts'
import { therapySessions } from '../tables.ts'
import { ofVisiblePatientId } from './scope.ts'

const { recordingId: own, patientId } = therapySessions

/** What the reader of recordings asks, which knows no patients. */
export const recordingOwners: RecordingOwners = {
  ofPatients: (scope) =>
    sql`select ${own} from ${therapySessions} where ${and(isNotNull(own), ofVisiblePatientId(patientId, scope))}`,
  isOfPatient: (recordingId) => sql`exists (select from ${therapySessions} where ${eq(own, recordingId)})`,
}
