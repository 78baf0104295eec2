/** What a session is made of: facts, remarks, notes, provenance, and the analyses that were kept. */
import type { Session } from '../../../api/shapes.ts'
import { may } from '../../../app/viewer.ts'
import { Notes } from '../../patient/notes.tsx'
import type { Subject } from '../subject.ts'
import { SessionFacts } from './facts.tsx'
import { Kept } from './kept.tsx'
import { Provenance } from './provenance.tsx'
import { Remarks } from './remarks.tsx'
import { words } from './words.ts'
import './details.css'

/** What is known of a session whether or not its recording could be analysed. */
export function SessionRecord({
  session,
  etag,
}: {
  readonly session: Session
  readonly etag: string | undefined
}) {
  const t = words()
  return (
    <>
      <SessionFacts session={session} etag={etag} />
      {may('notes:read') && (
        <section class="card" aria-labelledby="session-notes">
          <h2 id="session-notes">{t.notes}</h2>
          <Notes code={session.patientCode} sessionId={session.id} />
        </section>
      )}
    </>
  )
}

export function Details({ subject }: { readonly subject: Subject }) {
  const { session, etag, analysis } = subject
  return (
    <div class="session-details stack">
      <Remarks analysis={analysis} />
      {session && <SessionRecord session={session} etag={etag} />}
      <Provenance subject={subject} />
      {session && may('analyses:read') && <Kept session={session} />}
    </div>
  )
}
