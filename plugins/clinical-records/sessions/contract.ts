/** What can be asked of therapy sessions at rest. */
import type { Expected, PatientScope, UnitOfWork } from '../../../src/sdk.ts'
import type { BfrPressures, SESSION_ORDERS, SessionPlace, SessionState, TherapySession } from './schema.ts'

/** A new therapy session. What was not measured is null. */
export interface NewSession {
  readonly patientId: string
  readonly recordingId: string | null
  readonly startedAt: Date
  /** Absent: somebody has stated the start. */
  readonly startedAtBasis?: TherapySession['startedAtBasis']
  readonly rpe: number | null
  /** null: measured on neither side. */
  readonly bfr: BfrPressures | null
  readonly game: TherapySession['game']
  /** Absent: not known. */
  readonly settings?: TherapySession['settings']
}

/** What is absent stays as it is; null clears. */
export interface SessionChanges {
  readonly recordingId?: string | null | undefined
  readonly startedAt?: Date | undefined
  readonly rpe?: number | null | undefined
  readonly bfr?:
    | { readonly left?: number | null | undefined; readonly right?: number | null | undefined }
    | null
    | undefined
  readonly game?: TherapySession['game'] | undefined
  readonly settings?: TherapySession['settings'] | undefined
}

/** Which sessions are meant. */
export interface SessionFilter {
  readonly patientId?: string | undefined
  /** Started at this time or later. */
  readonly from?: Date | undefined
  /** Started before this time. */
  readonly until?: Date | undefined
  readonly status?: SessionState['status'] | undefined
  readonly recordingId?: string | undefined
  /** Those of these ids alone; absent: all. */
  readonly ids?: readonly string[] | undefined
  /** Those of patients in this scope alone; absent: of all. */
  readonly scope?: PatientScope | undefined
}

/** A part of a list. */
export interface SessionPage {
  readonly limit: number
  /** Absent: newest start first. */
  readonly sort?: (typeof SESSION_ORDERS)[number] | undefined
  /** The last one of the page before. */
  readonly after?: SessionPlace | undefined
}

/** Therapy sessions in the database. */
export interface SessionStore {
  /**
   * @param work the unit of work that it is a part of, if any
   * @throws {Problem} 404 PATIENT_NOT_FOUND, 404 RECORDING_NOT_FOUND, 409 RECORDING_IN_OTHER_SESSION
   */
  create(session: NewSession, work?: UnitOfWork): Promise<TherapySession>
  /** The session, or undefined. */
  find(id: string): Promise<TherapySession | undefined>
  /**
   * The session that a recording belongs to, or undefined.
   *
   * @param work as it is in this unit of work
   */
  ofRecording(recordingId: string, work?: Pick<UnitOfWork, 'tx'>): Promise<TherapySession | undefined>
  /** Newest start first. */
  ofPatient(
    patientId: string,
    options: SessionPage & Omit<SessionFilter, 'patientId'>,
  ): Promise<TherapySession[]>
  list(options: SessionPage & SessionFilter): Promise<TherapySession[]>
  /** How many there are. */
  count(filter: SessionFilter): Promise<number>
  /**
   * The session as it is then, or undefined when there is none.
   *
   * Another recording has the session wait for its analysis.
   *
   * @throws {Problem} 404 RECORDING_NOT_FOUND, 409 RECORDING_IN_OTHER_SESSION, 412 VERSION_MISMATCH
   */
  update(id: string, changes: SessionChanges, expected?: Expected): Promise<TherapySession | undefined>
  /**
   * Says how far the analysis of a recording has come.
   *
   * @param recordingId the recording that was analysed: a session that has got another one since is left alone
   * @param work the unit of work that it is a part of, if any
   * @returns the session as it is then, or undefined when it is none of this recording
   */
  proceed(
    id: string,
    recordingId: string | null,
    state: SessionState,
    work?: UnitOfWork,
  ): Promise<TherapySession | undefined>
  /**
   * Gives a session its recording that has none: it then waits for its analysis. A start that somebody has stated stays.
   *
   * @param work the unit of work that it is a part of, if any
   * @returns the session as it is then, or undefined when there is none without a recording
   * @throws {Problem} 404 RECORDING_NOT_FOUND, 409 RECORDING_IN_OTHER_SESSION
   */
  receive(
    id: string,
    recording: Pick<TherapySession, 'startedAt' | 'startedAtBasis'> & { readonly recordingId: string },
    work?: UnitOfWork,
  ): Promise<TherapySession | undefined>
}
