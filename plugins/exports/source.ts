/** What is exported: an analysis, whose it is by pseudonym, and the samples behind it for the formats that hold them. */
import type { Recording, RecordingDescription } from '../c3d-reader/index.ts'
import type { PatientIdentity, TherapySession } from '../clinical-records/index.ts'
import type { FullAnalysis } from '../emg-analyzer/index.ts'
import type { ChannelSignals } from './signals.ts'

/** A therapy session without a name: the patient's code is all that says whose it is. */
export type ExportedSession = Pick<TherapySession, 'id' | 'patientCode' | 'rpe' | 'bfr' | 'game'> & {
  /** ISO 8601, UTC. */
  readonly startedAt: string
}

/** What tells who the patient is, or may: it stands in full exports alone. */
export interface Identification {
  /** Who the patient is, where that is known, and whoever exports may know it. */
  readonly patient: PatientIdentity | null
  /** As the file was called when it was uploaded. */
  readonly fileName: string
  /** What the file says of itself. */
  readonly description: RecordingDescription
  /** What the game was set to. */
  readonly settings: TherapySession['settings']
  /** Clinical notes about the session, newest first. */
  readonly notes: ReadonlyArray<{ readonly createdAt: string; readonly text: string }>
}

/** One recording, as far as an export may tell of it. */
export interface ExportSource {
  /** Null of a file that is not stored. */
  readonly recordingId: string | null
  /** SHA-256 of the recording's bytes, hex. */
  readonly sha256: string
  /** Null where the recording belongs to none. */
  readonly session: ExportedSession | null
  /** Null of a pseudonymised export. */
  readonly identification: Identification | null
  readonly analysis: FullAnalysis
  /** The file itself. */
  bytes(): Promise<Uint8Array>
  /** @throws {UnreadableRecording} */
  recording(): Promise<Recording>
  /** Of each channel of the analysis, in its order, one after the other: those of all take much memory. */
  signals(): AsyncIterable<ChannelSignals>
}

/** Of a session, what says no more than who by pseudonym, when, and how hard. */
export const exportedSession = ({
  id,
  patientCode,
  startedAt,
  rpe,
  bfr,
  game,
}: TherapySession): ExportedSession => ({
  id,
  patientCode,
  startedAt: startedAt.toISOString(),
  rpe,
  bfr,
  game,
})
