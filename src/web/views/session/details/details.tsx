/** What a session is made of: facts, remarks, notes, provenance, and the analyses that were kept. */
import { may } from '../../../app/viewer.ts'
import { Notes } from '../../patient/notes.tsx'
import type { Subject } from '../subject.ts'
import { SessionFacts } from './facts.tsx'
import { Kept } from './kept.tsx'
import { Provenance } from './provenance.tsx'
import { Remarks } from './remarks.tsx'
import { words } from './words.ts'
import './details.css'

export function Details({ subject }: { readonly subject: Subject }) {
  const t = words()
  const { session, etag, analysis } = subject
  return (
    <div class="session-details stack">
      {session && <SessionFacts session={session} etag={etag} />}
      <Remarks analysis={analysis} />
      {session && may('notes:read') && (
        <section class="card" aria-labelledby="session-notes">
          <h2 id="session-notes">{t.notes}</h2>
          <Notes code={session.patientCode} sessionId={session.id} />
        </section>
      )}
      <Provenance subject={subject} />
      {session && may('analyses:read') && <Kept session={session} />}
    </div>
  )
}
