/** Clinical records: patients by pseudonym, and their therapy sessions. */

import * as v from 'valibot'
import patientsAndSessions from '../../drizzle/clinical-records/0000_patients_and_sessions.sql' with {
  type: 'text',
}
import notesAndStatus from '../../drizzle/clinical-records/0001_notes_and_status.sql' with { type: 'text' }
import visibility from '../../drizzle/clinical-records/0002_visibility.sql' with { type: 'text' }
import { definePlugin, namespace } from '../../src/sdk.ts'
import c3dReader, { type RecordingVisibility } from '../c3d-reader/index.ts'
import { patientUpdated, sessionCreated, sessionUpdated } from './events.ts'
import { noteRoutes } from './notes/routes.ts'
import { createNoteStore, type NoteStore } from './notes/store.ts'
import { cachedPatients } from './patients/cached.ts'
import { patientRoutes } from './patients/routes.ts'
import { StoredPatient } from './patients/schema.ts'
import { createPatientStore, type PatientStore } from './patients/store.ts'
import { type CachedSessions, cachedSessions } from './sessions/cached.ts'
import { sessionRoutes } from './sessions/routes.ts'
import { StoredSession } from './sessions/schema.ts'
import { createSessionStore } from './sessions/store.ts'
import { clinicalNotes, muscleTargets, patients, therapySessions } from './tables.ts'
import { recordKinds } from './visibility/kinds.ts'
import { recordingOwners } from './visibility/recordings.ts'

export { patientUpdated, sessionCreated, sessionUpdated } from './events.ts'
export { MuscleName, normaliseMuscle, SIDES, type Side, SideName } from './muscle.ts'
export { requirePatient } from './patients/routes.ts'
export { type MuscleTarget, type Patient, PatientCode } from './patients/schema.ts'
export type { NewPatient, PatientChanges, PatientStore } from './patients/store.ts'
export type {
  NewSession,
  SessionChanges,
  SessionFilter,
  SessionPage,
  SessionStore,
} from './sessions/contract.ts'
export { requireSession } from './sessions/routes.ts'
export type { BfrPressures, SessionPlace, SessionState, TherapySession } from './sessions/schema.ts'
export { SessionCursor, SessionResource, sessionCursor, sessionResource } from './sessions/schema.ts'
export { sessionsAwaitingAnalysis } from './sessions/waiting.ts'
export { SESSION_STATUSES } from './tables.ts'
export {
  isVisiblePatient,
  ofVisiblePatientCode,
  ofVisiblePatientId,
  ofVisibleSessionId,
  therapistName,
  visiblePatients,
} from './visibility/scope.ts'

/** What other plugins may do with clinical records. */
export interface ClinicalRecords {
  readonly patients: PatientStore
  readonly sessions: CachedSessions
  readonly notes: NoteStore
  /** Whose the recordings are that belong to no patient. */
  readonly uploads: Pick<RecordingVisibility, 'wasUploadedBy'>
}

export default definePlugin({
  name: 'clinical-records',
  version: '1.0.0',
  host: '^1',
  summary: 'Keeps patients by pseudonym, and their therapy sessions',
  // A session refers to its recording, in the database too.
  needs: { recordings: c3dReader },
  tables: { patients, muscleTargets, therapySessions, clinicalNotes },
  migrations: [
    { id: '0000_patients_and_sessions', sql: patientsAndSessions },
    { id: '0001_notes_and_status', sql: notesAndStatus },
    { id: '0002_visibility', sql: visibility },
  ],
  permissions: [
    { name: 'patients:read', summary: 'See patients', roles: ['therapist', 'researcher'] },
    { name: 'patients:write', summary: 'Enter and change patients', roles: ['therapist'] },
    { name: 'sessions:read', summary: 'See therapy sessions', roles: ['therapist', 'researcher'] },
    { name: 'sessions:write', summary: 'Enter and change therapy sessions', roles: ['therapist'] },
    { name: 'notes:read', summary: 'Read clinical notes', roles: ['therapist'] },
    { name: 'notes:write', summary: 'Write, change and remove clinical notes', roles: ['therapist'] },
  ],
  emits: [patientUpdated, sessionCreated, sessionUpdated],
  caches: {
    metadata: namespace({
      key: 'session:{sessionId}:metadata',
      ttl: '30min',
      tags: ['session.updated:{sessionId}'],
      schema: v.nullable(StoredSession),
    }),
    sessionList: namespace({
      key: 'patient:{patientCode}:session_list',
      ttl: '30min',
      tags: ['patient.sessions:{patientCode}'],
      personal: ['patientCode'],
      schema: v.array(StoredSession),
    }),
    // That a recording belongs to no session is worth knowing too.
    ofRecording: namespace({
      key: 'recording:{recordingId}:session',
      ttl: '30min',
      negativeTtl: '30min',
      tags: ['recording.session:{recordingId}'],
      schema: v.nullable(StoredSession),
    }),
    patient: namespace({
      key: 'patient:{patientCode}:record',
      ttl: '30min',
      tags: ['patient.updated:{patientCode}'],
      personal: ['patientCode'],
      schema: v.nullable(StoredPatient),
    }),
  },
  setup({ db, caches, announce, events, needs: { recordings } }): ClinicalRecords {
    recordings.visibility.ownedBy(recordingOwners)
    return {
      patients: cachedPatients(createPatientStore(db, announce, events), caches.patient),
      sessions: cachedSessions(createSessionStore(db, announce, events), caches),
      notes: createNoteStore(db),
      uploads: recordings.visibility,
    }
  },
  records: (service) => recordKinds(service.patients, service.sessions, service.uploads),
  routes: ({ patients: patientStore, sessions, notes }) => [
    ...patientRoutes(patientStore),
    ...sessionRoutes(sessions, patientStore),
    ...noteRoutes(notes, patientStore, sessions),
  ],
})
