/** Who a patient is: read only when somebody asks for it, since that is kept in the audit log; forgotten with the dialog. */
import { useEffect, useState } from 'preact/hooks'
import { type Answer, type ApiProblem, ask } from '../../api/client.ts'
import { date } from '../../language/format.ts'
import { Busy } from '../../ui/busy.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Facts } from '../../ui/facts.tsx'
import { TextField } from '../../ui/field.tsx'
import { Notice, ProblemNotice } from '../../ui/notice.tsx'
import { say } from '../../ui/toasts.tsx'
import { useTask } from '../../ui/use-task.ts'
import { words } from './words.ts'

type Identity = Answer<'GET /api/patients/{code}/identity'>

const FIELDS = ['name', 'dateOfBirth', 'recordNumber', 'phone', 'email', 'address'] as const
type FieldName = (typeof FIELDS)[number]
type Fields = Record<FieldName, string>

const TYPES: Partial<Record<FieldName, string>> = { dateOfBirth: 'date', phone: 'tel', email: 'email' }

type State =
  | { readonly kind: 'reading' }
  | { readonly kind: 'failed'; readonly problem: ApiProblem }
  | { readonly kind: 'known'; readonly identity: Identity; readonly etag: string | null }
  | { readonly kind: 'none' }

interface FormProperties {
  readonly code: string
  readonly known: Identity | undefined
  readonly etag: string | null
  readonly onSaved: (identity: Identity, etag: string | null) => void
  readonly onCancel: () => void
}

function IdentityForm({ code, known, etag, onSaved, onCancel }: FormProperties) {
  const t = words()
  const [fields, setFields] = useState<Fields>(
    () => Object.fromEntries(FIELDS.map((name) => [name, known?.[name] ?? ''])) as Fields,
  )
  const [isEmpty, setEmpty] = useState(false)
  const save = useTask(async () => {
    const body = Object.fromEntries(FIELDS.map((name) => [name, fields[name].trim() || null]))
    const { data, etag: now } = await ask('PUT /api/patients/{code}/identity', {
      path: { code },
      body,
      ifMatch: etag ?? undefined,
    })
    say(t.saved)
    onSaved(data, now)
  })
  return (
    <form
      class="stack"
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault()
        const nothing = FIELDS.every((name) => fields[name].trim() === '')
        setEmpty(nothing)
        if (!nothing) void save.run()
      }}
    >
      {FIELDS.map((name) => (
        <TextField
          key={name}
          label={t[name]}
          type={TYPES[name] ?? 'text'}
          value={fields[name]}
          disabled={save.isRunning}
          onInput={(event) =>
            setFields({ ...fields, [name]: (event.currentTarget as HTMLInputElement).value })
          }
        />
      ))}
      {isEmpty && <Notice kind="error">{t.nothingEntered}</Notice>}
      {save.problem && <ProblemNotice problem={save.problem} />}
      <footer>
        <CancelButton onCancel={onCancel} />
        <button type="submit" class="primary" disabled={save.isRunning}>
          {t.save}
        </button>
      </footer>
    </form>
  )
}

const CancelButton = ({ onCancel }: { readonly onCancel: () => void }) => (
  <button type="button" onClick={onCancel}>
    {words().cancel}
  </button>
)

interface KnownProperties {
  readonly code: string
  readonly identity: Identity
  readonly onEdit: () => void
  readonly onRemoved: () => void
}

function Known({ code, identity, onEdit, onRemoved }: KnownProperties) {
  const t = words()
  const [isAsked, setAsked] = useState(false)
  const remove = useTask(async () => {
    await ask('DELETE /api/patients/{code}/identity', { path: { code } })
    say(t.identityRemoved)
    onRemoved()
  })
  const shown = (name: FieldName) => {
    const value = identity[name]
    return value !== null && name === 'dateOfBirth' ? date(`${value}T12:00:00`) : value
  }
  return (
    <>
      <Facts
        facts={FIELDS.map((name) => {
          const value = shown(name)
          return { label: t[name], value, note: value === null && t.notKnown }
        })}
      />
      {isAsked && (
        <Notice kind="warning" title={t.identityRemove}>
          <p>{t.identityRemoveText}</p>
          <div class="row">
            <button
              type="button"
              class="danger"
              disabled={remove.isRunning}
              onClick={() => void remove.run()}
            >
              {t.remove}
            </button>
            <CancelButton onCancel={() => setAsked(false)} />
          </div>
        </Notice>
      )}
      {remove.problem && <ProblemNotice problem={remove.problem} />}
      {!isAsked && (
        <footer>
          <button type="button" class="plain" onClick={() => setAsked(true)}>
            {t.identityRemove}
          </button>
          <button type="button" onClick={onEdit}>
            {t.identityEdit}
          </button>
        </footer>
      )}
    </>
  )
}

/** A dialog that reads the identity as it opens. Nothing of it is kept by the page once it is closed. */
export function IdentityDialog({ code, onClose }: { readonly code: string; readonly onClose: () => void }) {
  const t = words()
  const [state, set] = useState<State>({ kind: 'reading' })
  const [isEdited, setEdited] = useState(false)
  const read = async () => {
    set({ kind: 'reading' })
    try {
      const { data, etag } = await ask('GET /api/patients/{code}/identity', { path: { code } })
      set({ kind: 'known', identity: data, etag })
    } catch (error) {
      const problem = error as ApiProblem
      set(problem.code === 'IDENTITY_NOT_FOUND' ? { kind: 'none' } : { kind: 'failed', problem })
    }
  }
  useEffect(() => void read(), [code])
  return (
    <Dialog title={t.identityOf(code)} onClose={onClose}>
      <div class="stack">
        <p class="soft patient-hint">{t.identityNote}</p>
        {state.kind === 'reading' && <Busy />}
        {state.kind === 'failed' && <ProblemNotice problem={state.problem} retry={read} />}
        {state.kind === 'none' && !isEdited && (
          <>
            <p>{t.identityNone}</p>
            <footer>
              <button type="button" class="primary" onClick={() => setEdited(true)}>
                {t.identityEnter}
              </button>
            </footer>
          </>
        )}
        {state.kind === 'known' && !isEdited && (
          <Known
            code={code}
            identity={state.identity}
            onEdit={() => setEdited(true)}
            onRemoved={() => set({ kind: 'none' })}
          />
        )}
        {isEdited && (state.kind === 'known' || state.kind === 'none') && (
          <IdentityForm
            code={code}
            known={state.kind === 'known' ? state.identity : undefined}
            etag={state.kind === 'known' ? state.etag : null}
            onSaved={(identity, etag) => {
              setEdited(false)
              set({ kind: 'known', identity, etag })
            }}
            onCancel={() => setEdited(false)}
          />
        )}
      </div>
    </Dialog>
  )
}
