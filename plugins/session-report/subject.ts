/** What a report is of: a recording with its analysis, and whose it is by pseudonym. */
import type { RecordingDescription } from '../c3d-reader/index.ts'
import type { TherapySession } from '../clinical-records/index.ts'
import type { FullAnalysis } from '../emg-analyzer/index.ts'
import type { ChannelPicture } from './drawing/picture.ts'

/** When a recording was made, as it is to be shown, and how that is known. */
export interface ShownTime {
  /** Without a zone for a wall clock's reading, else in UTC. */
  readonly text: string
  readonly isLocal: boolean
  readonly basis: 'stated' | 'metadata' | 'file-name' | 'received'
}

/** One recording of a report. */
export interface ReportSubject {
  /** Null of a file that is not stored. */
  readonly recordingId: string | null
  /** Null of a stored recording: what its file was called may name somebody. */
  readonly fileName: string | null
  /** SHA-256 of the file, hex. */
  readonly sha256: string
  /** Null where nothing says when. */
  readonly time: ShownTime | null
  /** Null where the recording belongs to none. */
  readonly session: TherapySession | null
  /** What the file says of itself. */
  readonly description: RecordingDescription
  /** Hash of all inputs; null of a file that is not stored. */
  readonly inputs: string | null
  readonly analysis: FullAnalysis
  /** Of each channel of the analysis, in its order. */
  readonly pictures: readonly ChannelPicture[]
}
