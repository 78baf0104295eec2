/** Who may see which patient, session and recording. What is looked up of patients and sessions is kept in the cache until a change outdates them. */
import type { RecordKind } from '../../../src/sdk.ts'
import { type RecordingVisibility, recordingMissing } from '../../c3d-reader/index.ts'
import { patientMissing } from '../patients/routes.ts'
import type { PatientStore } from '../patients/store.ts'
import type { SessionStore } from '../sessions/contract.ts'
import { sessionMissing } from '../sessions/routes.ts'
import { isVisiblePatient } from './scope.ts'

type Visible = RecordKind['visible']

/** The records that belong to patients: `patient` by code, `session` and `recording` by id. */
export function recordKinds(
  patients: Pick<PatientStore, 'find'>,
  sessions: Pick<SessionStore, 'find' | 'ofRecording'>,
  recordings: Pick<RecordingVisibility, 'wasUploadedBy'>,
): Readonly<Record<'patient' | 'session' | 'recording', RecordKind>> {
  const patient: Visible = async (code, scope) => {
    const found = await patients.find(code)
    return found !== undefined && isVisiblePatient(found, scope)
  }
  const session: Visible = async (id, scope, by) => {
    const found = await sessions.find(id)
    return found !== undefined && patient(found.patientCode, scope, by)
  }
  const recording: Visible = async (id, scope, by) => {
    const of = await sessions.ofRecording(id)
    return of ? patient(of.patientCode, scope, by) : recordings.wasUploadedBy(id, by.id)
  }
  return {
    patient: { visible: patient, missing: patientMissing },
    session: { visible: session, missing: sessionMissing },
    recording: { visible: recording, missing: recordingMissing },
  }
}
