/** What people enter of a session: saved, scored anew, and what that changed. */
import { type Answer, ask, type Body } from '../../../api/client.ts'
import { refresh } from '../../../api/use-read.ts'
import { may } from '../../../app/viewer.ts'
import { say } from '../../../ui/toasts.tsx'
import { useTask } from '../../../ui/use-task.ts'
import { type Change, changesOf, type Score } from './parts.ts'
import { words } from './words.ts'

export type Session = Answer<'GET /api/sessions/{id}'>
type Entry = Body<'PATCH /api/sessions/{id}'>

/** Has everything read again that a session's score stands in. */
export function refreshScores({ id, patientCode }: Session): void {
  refresh(`/api/sessions/${id}`, '/api/sessions?', `/api/patients/${patientCode}/trends`)
}

/**
 * Saves an entry and stores the score that follows from it. Where the score cannot be stored, the entry is saved all the
 * same, and the problem says so.
 *
 * @param etag of the session as it was seen
 * @param before the score until now; undefined: there was none to compare with
 * @param onChanged with what differs between that one and the new one
 */
export function useEntry(
  session: Session,
  etag: string | undefined,
  before: Score | undefined,
  onChanged: (changes: readonly Change[]) => void,
) {
  const t = words()
  return useTask(async (entry: Entry) => {
    try {
      await ask('PATCH /api/sessions/{id}', { path: { id: session.id }, body: entry, ifMatch: etag })
      // Nothing is stored of a session whose recording could not be analysed.
      if (!may('scoring:write') || session.status === 'failed') return say(t.savedOnly)
      const { data } = await ask('POST /api/sessions/{id}/score', { path: { id: session.id } })
      if (before) onChanged(changesOf(before, data.score))
      say(t.saved)
    } finally {
      refreshScores(session)
    }
  })
}

export type EntryTask = ReturnType<typeof useEntry>
