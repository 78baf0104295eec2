/** Clinical records: patients by pseudonym, and their therapy sessions. */

import * as v from 'valibot'
import patientsAndSessions from '../../drizzle/clinical-records/0000_patients_and_sessions.sql' with {
  type: 'text',
}
import notesAndStatus from '../../drizzle/clinical-records/0001_notes_and_status.sql' with { type: 'text' }
import visibility from '../../drizzle/clinical-records/0002_visibility.sql' with { type: 'text' }
import identitiesMigration from '../../drizzle/clinical-records/0003_identities.sql' with { type: 'text' }
import noteAuthors from '../../drizzle/clinical-records/0004_note_authors.sql' with { type: 'text' }
import { definePlugin, namespace, on, type RetentionRule } from '../../src/sdk.ts'
import c3dReader, { type RecordingVisibility } from '../c3d-reader/index.ts'
import { createPatientEraser, ERASE, eraseRecords, type PatientEraser } from './erasing/erase.ts'
import { patientRetention } from './erasing/retention.ts'
import { erasingRoutes } from './erasing/routes.ts'
import { RecordsConfig } from './erasing/settings.ts'
import { erasedPatients } from './erasing/tables.ts'
import { patientErased, patientUpdated, sessionCreated, sessionUpdated } from './events.ts'
import { IDENTIFY } from './identities/permission.ts'
import { identityRoutes } from './identities/routes.ts'
import { createIdentityStore, type IdentityStore } from './identities/store.ts'
import { patientIdentities, SEALED_FIELDS } from './identities/tables.ts'
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

export type { Erasure, PatientEraser } from './erasing/erase.ts'
export { patientErased, patientUpdated, sessionCreated, sessionUpdated } from './events.ts'
export { IDENTIFY } from './identities/permission.ts'
export type { PatientIdentity } from './identities/schema.ts'
export type { IdentityStore, StoredIdentity } from './identities/store.ts'
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
  /** Who patients are, sealed at rest: for those alone who have the permission `patients:identify`. */
  readonly identities: IdentityStore
  readonly eraser: PatientEraser
  readonly retention: RetentionRule
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
  config: RecordsConfig,
  tables: { patients, muscleTargets, therapySessions, clinicalNotes, patientIdentities, erasedPatients },
  migrations: [
    { id: '0000_patients_and_sessions', sql: patientsAndSessions },
    { id: '0001_notes_and_status', sql: notesAndStatus },
    { id: '0002_visibility', sql: visibility },
    { id: '0003_identities', sql: identitiesMigration },
    { id: '0004_note_authors', sql: noteAuthors },
  ],
  sealed: Object.values(SEALED_FIELDS),
  permissions: [
    { name: 'patients:read', summary: 'See patients', roles: ['therapist', 'researcher'] },
    { name: 'patients:write', summary: 'Enter and change patients', roles: ['therapist'] },
    { name: IDENTIFY, summary: 'See and enter who patients are', roles: ['therapist'] },
    { name: ERASE, summary: 'Erase patients, with everything that is kept of them', roles: [] },
    { name: 'sessions:read', summary: 'See therapy sessions', roles: ['therapist', 'researcher'] },
    { name: 'sessions:write', summary: 'Enter and change therapy sessions', roles: ['therapist'] },
    { name: 'notes:read', summary: 'Read clinical notes', roles: ['therapist'] },
    { name: 'notes:write', summary: 'Write, change and remove clinical notes', roles: ['therapist'] },
  ],
  emits: [patientUpdated, patientErased, sessionCreated, sessionUpdated],
  // However the server ends that has erased a patient, nothing of what was cached stays.
  on: [on(patientErased, (_, { eraser }: ClinicalRecords) => eraser.sweep(), { retries: 20 })],
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
  setup({ config, db, caches, announce, events, vault, needs: { recordings }, ...rest }): ClinicalRecords {
    recordings.visibility.ownedBy(recordingOwners)
    const eraser = createPatientEraser({ db, announce, events, keepMs: config.keepFor, ...rest })
    return {
      patients: cachedPatients(createPatientStore(db, announce, events), caches.patient),
      sessions: cachedSessions(createSessionStore(db, announce, events), caches),
      notes: createNoteStore(db),
      identities: createIdentityStore(db, vault),
      eraser,
      retention: patientRetention(eraser, config.retention, config.keepFor),
      uploads: recordings.visibility,
    }
  },
  records: (service) => recordKinds(service.patients, service.sessions, service.uploads),
  erase: (_, patient, work) => eraseRecords(patient, work),
  retention: ({ retention }) => [retention],
  routes: ({ patients: patientStore, sessions, notes, identities, eraser }) => [
    ...patientRoutes(patientStore, identities),
    ...identityRoutes(identities, patientStore),
    ...erasingRoutes(eraser),
    ...sessionRoutes(sessions, patientStore),
    ...noteRoutes(notes, patientStore, sessions),
  ],
})
