/** Clinical notes about a patient: to be read, written, changed and removed. */
import { useState } from 'preact/hooks'
import { ask } from '../../api/client.ts'
import type { Note } from '../../api/shapes.ts'
import { usePages } from '../../api/use-pages.ts'
import { refresh } from '../../api/use-read.ts'
import { href } from '../../app/router.ts'
import { may } from '../../app/viewer.ts'
import { dateTime } from '../../language/format.ts'
import { Confirm } from '../../ui/dialog.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Field } from '../../ui/field.tsx'
import { MoreButton } from '../../ui/more-button.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { Pending } from '../../ui/pending.tsx'
import { say } from '../../ui/toasts.tsx'
import { useTask } from '../../ui/use-task.ts'
import { recordWords } from './record-words.ts'

/** Most characters of a note. */
const MOST = 10_000

interface EditorProperties {
  readonly label: string
  readonly verb: string
  readonly initial?: string
  readonly onSave: (text: string) => Promise<void>
  readonly onCancel?: () => void
}

/** A field for a note, with what keeps it. It is emptied once the note is kept. */
function Editor({ label, verb, initial = '', onSave, onCancel }: EditorProperties) {
  const t = recordWords()
  const [text, setText] = useState(initial)
  const [error, setError] = useState<string>()
  const save = useTask(async () => {
    await onSave(text.trim())
    setText('')
  })
  const onSubmit = (event: Event) => {
    event.preventDefault()
    const wrong = text.trim() === '' ? t.noteEmpty : text.trim().length > MOST ? t.noteLong : undefined
    setError(wrong)
    if (!wrong) void save.run()
  }
  return (
    <form class="stack patient-note-editor not-printed" onSubmit={onSubmit}>
      <Field label={label} hint={t.noteHint} error={error}>
        {(control) => (
          <textarea
            {...control}
            rows={4}
            value={text}
            disabled={save.isRunning}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        )}
      </Field>
      {save.problem && <ProblemNotice problem={save.problem} />}
      <div class="row">
        <button type="submit" class="primary" disabled={save.isRunning}>
          {verb}
        </button>
        {onCancel && (
          <button type="button" onClick={onCancel}>
            {t.cancel}
          </button>
        )}
      </div>
    </form>
  )
}

const ofNote = ({ patientCode, id, version }: Note) => ({
  path: { code: patientCode, noteId: id },
  ifMatch: `"v${version}"`,
})

function NoteEntry({ note }: { readonly note: Note }) {
  const t = recordWords()
  const [state, set] = useState<'shown' | 'edited' | 'removing'>('shown')
  const { text, author, editedBy, createdAt, updatedAt, version, sessionId, patientCode } = note
  const list = `/api/patients/${patientCode}/notes`
  const remove = useTask(async () => {
    await ask('DELETE /api/patients/{code}/notes/{noteId}', ofNote(note))
    refresh(list)
    say(t.noteRemoved)
  })
  const when = dateTime(createdAt)
  return (
    <li class="card">
      <article class="stack" aria-label={t.noteOf(when)}>
        <header class="row patient-note-head">
          <span>
            <strong>{when}</strong> {author === null ? t.unknownAuthor : t.by(author)}
            {version > 1 && <span class="soft"> · {t.edited(dateTime(updatedAt), editedBy)}</span>}
            <span class="soft">
              {' · '}
              {sessionId === null ? (
                t.aboutPatient
              ) : (
                <a href={href(`/sessions/${sessionId}`)}>{t.aboutSession}</a>
              )}
            </span>
          </span>
          {may('notes:write') && state !== 'edited' && (
            <span class="row">
              <button type="button" class="plain" onClick={() => set('edited')}>
                {t.edit}
              </button>
              <button type="button" class="plain" onClick={() => set('removing')}>
                {t.remove}
              </button>
            </span>
          )}
        </header>
        {state === 'edited' ? (
          <Editor
            label={t.editNote}
            verb={t.save}
            initial={text}
            onCancel={() => set('shown')}
            onSave={async (changed) => {
              await ask('PATCH /api/patients/{code}/notes/{noteId}', {
                ...ofNote(note),
                body: { text: changed },
              })
              refresh(list)
              say(t.saved)
              set('shown')
            }}
          />
        ) : (
          <p class="patient-note">{text}</p>
        )}
      </article>
      {state === 'removing' && (
        <Confirm title={t.removeNote} verb={t.remove} isDangerous task={remove} onClose={() => set('shown')}>
          <p>{t.removeNoteText}</p>
          <blockquote class="patient-note">{text}</blockquote>
        </Confirm>
      )}
    </li>
  )
}

/** @param sessionId those about one session alone, and what is written is about it; else all about the patient */
export function Notes({ code, sessionId }: { readonly code: string; readonly sessionId?: string }) {
  const t = recordWords()
  const about = sessionId === undefined ? {} : { sessionId }
  const pages = usePages('GET /api/patients/{code}/notes', { path: { code }, query: about })
  if (!pages.items) return <Pending read={pages} />
  return (
    <div class="stack patient-notes">
      {may('notes:write') && (
        <Editor
          label={t.newNote}
          verb={t.addNote}
          onSave={async (text) => {
            await ask('POST /api/patients/{code}/notes', { path: { code }, body: { text, ...about } })
            refresh(`/api/patients/${code}/notes`)
            say(t.noteAdded)
          }}
        />
      )}
      {pages.items.length === 0 ? (
        <Empty title={t.noNotes} />
      ) : (
        <ul class="stack patient-note-list" aria-label={t.notesOf}>
          {pages.items.map((note) => (
            <NoteEntry key={note.id} note={note} />
          ))}
        </ul>
      )}
      <MoreButton pages={pages} />
    </div>
  )
}
