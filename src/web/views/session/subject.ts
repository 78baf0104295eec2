/** What the view is about: a session with its recording, or a recording without one. */
import type { Analysis, Recording, Session } from '../../api/shapes.ts'

export interface Subject {
  /** null: the recording belongs to none. */
  readonly session: Session | null
  /** Of the session, to be sent back with a change of it. */
  readonly etag: string | undefined
  readonly recordingId: string
  /** undefined while it is on its way. */
  readonly recording: Recording | undefined
  readonly analysis: Analysis
}

/** What an address begins with whose answer an edit or another analysis changes. */
export const readsOf = (recordingId: string, sessionId: string | undefined): string[] => [
  `/api/recordings/${recordingId}`,
  ...(sessionId === undefined ? [] : [`/api/sessions/${sessionId}`]),
]
