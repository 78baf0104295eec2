/** Takes a recording in, whichever way it comes: stored, in a session of its patient, to be analysed. */
import { basename } from 'node:path'
import { Problem } from '../../src/sdk.ts'
import {
  patientInPath,
  type RecordingRow,
  type RecordingService,
  type RecordingUser,
  startOf,
} from '../c3d-reader/index.ts'
import {
  type ClinicalRecords,
  type Patient,
  requirePatient,
  type TherapySession,
} from '../clinical-records/index.ts'

/** A recording that comes, with what is known of it. */
export interface Arrival {
  /** Who brings it: a viewer, or `SYSTEM` for what the server takes in by itself. */
  readonly by: RecordingUser
  readonly bytes: AsyncIterable<Uint8Array>
  /** Its file with the folders that say something of it, parted by `/`. Only read, never opened. */
  readonly path: string
  /** Absent: as the path names one, if it does. */
  readonly patientCode?: string | undefined
  /** Absent: as the recording or its file's name say. */
  readonly startedAt?: Date | undefined
  /** A session of the patient that waits for this recording: it gets it, where it still has none. */
  readonly waitingSession?: string | undefined
}

/** What became of an arrival. */
export interface Accepted {
  readonly row: RecordingRow
  /** False when the same bytes were there already. */
  readonly created: boolean
  /** null where no patient is named. */
  readonly session: TherapySession | null
}

/** Takes recordings in. */
export interface Intake {
  /**
   * Stores a recording and, where its patient is known, has it in a session: in one transaction, so that an arrival
   * which this resolves for is whole, and survives a power cut. The same bytes twice are one recording in one session.
   * Its analysis follows by itself.
   *
   * @throws {UnreadableRecording} when no format can read it; nothing is kept
   * @throws {BlobTooLarge} past the limit; nothing is kept
   * @throws {Problem} 404 PATIENT_NOT_FOUND; where it belongs to another patient, 409 RECORDING_IN_OTHER_SESSION to those
   *   who may see that one, and RECORDING_TAKEN to others
   */
  accept(arrival: Arrival): Promise<Accepted>
}

function requireSame(session: TherapySession, patient: Patient): TherapySession {
  if (session.patientId === patient.id) return session
  throw new Problem(
    409,
    'RECORDING_IN_OTHER_SESSION',
    'This recording belongs to a session of another patient.',
    { headers: { location: `/api/sessions/${session.id}` } },
  )
}

export const createIntake = (recordings: RecordingService, records: ClinicalRecords): Intake => ({
  async accept({ by, bytes, path, patientCode, startedAt, waitingSession }) {
    const code = patientCode ?? patientInPath(path)
    const patient = code === null ? null : await requirePatient(records.patients, code)
    let session: TherapySession | null = null
    const fileName = basename(path)
    const stored = await recordings.store.add({ bytes, fileName, by }, async (row, work) => {
      if (!patient) return
      const existing = await records.sessions.ofRecording(row.id, work)
      if (existing) {
        session = requireSame(existing, patient)
        return
      }
      const { description, receivedAt } = row
      const start = startOf({ stated: startedAt, description, fileName, receivedAt })
      const place = { recordingId: row.id, startedAt: start.at, startedAtBasis: start.basis }
      const given =
        waitingSession === undefined ? undefined : await records.sessions.receive(waitingSession, place, work)
      session =
        given ??
        (await records.sessions.create(
          { patientId: patient.id, ...place, rpe: null, bfr: null, game: null },
          work,
        ))
    })
    return { ...stored, session }
  },
})
