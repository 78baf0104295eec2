/** Making a key, and its secret, which is shown once. */
import { useState } from 'preact/hooks'
import { type Answer, ask } from '../../../api/client.ts'
import { refresh, useRead } from '../../../api/use-read.ts'
import { may } from '../../../app/viewer.ts'
import { fixed } from '../../../language/format.ts'
import { Boxes } from '../../../ui/boxes.tsx'
import { Choice } from '../../../ui/choice.tsx'
import { Acknowledge } from '../../../ui/dialog.tsx'
import { SelectField, TextField } from '../../../ui/field.tsx'
import { FormDialog } from '../../../ui/form-dialog.tsx'
import { Pending } from '../../../ui/pending.tsx'
import type { ProblemTexts } from '../../../ui/problem-text.ts'
import { useTask } from '../../../ui/use-task.ts'
import { Copyable } from '../copyable/copyable.tsx'
import { permissionText } from '../permissions/texts.ts'
import { EMPTY_KEY, type KeyDraft, keyBody, keyFaults, LIFETIMES_DAYS } from './draft.ts'
import { words } from './words.ts'

type Made = Answer<'POST /api/keys'>

/** Everybody has it who is let in at all, so it is not given. */
const OWN_ACCOUNT = 'account:use'

/** Why something about a key was refused. */
export function keyProblems(): ProblemTexts {
  const { KEY_NAME_TAKEN, KEY_NOT_FOUND, PERMISSION_DENIED, EXPIRY_PASSED } = words()
  return { KEY_NAME_TAKEN, KEY_NOT_FOUND, PERMISSION_DENIED, EXPIRY_PASSED }
}

export function SecretDialog({ made, onClose }: { readonly made: Made; readonly onClose: () => void }) {
  const t = words()
  return (
    <Acknowledge title={t.made(made.name)} verb={t.stored} onClose={onClose}>
      <div class="stack">
        <p>{t.secretText}</p>
        <Copyable label={t.secret} text={made.key} />
        <p class="soft">{t.header}</p>
        <Copyable label={t.headerLabel} text={`Authorization: Bearer ${made.key}`} />
      </div>
    </Acknowledge>
  )
}

interface BoxesProperties {
  readonly draft: KeyDraft
  readonly isMissing: boolean
  readonly onChange: (draft: KeyDraft) => void
}

/** What may be given: what one has. */
function PermissionBoxes({ draft, isMissing, onChange }: BoxesProperties) {
  const t = words()
  const { data, problem, reload } = useRead('GET /api/roles', {})
  if (problem || !data) return <Pending read={{ problem, reload }} />
  const given = data.permissions.filter(({ name }) => name !== OWN_ACCOUNT && may(name))
  return (
    <Boxes
      label={t.permissions}
      hint={t.permissionsHint}
      options={given.map((permission) => ({
        value: permission.name,
        label: permissionText(permission),
        note: <code>{permission.name}</code>,
      }))}
      chosen={draft.permissions}
      error={isMissing ? t.permissionsMissing : undefined}
      isLong
      onChange={(permissions) => onChange({ ...draft, permissions })}
    />
  )
}

interface Properties {
  readonly onMade: (made: Made) => void
  readonly onClose: () => void
}

export function AddKey({ onMade, onClose }: Properties) {
  const t = words()
  const [draft, set] = useState<KeyDraft>(EMPTY_KEY)
  const [wasTried, setTried] = useState(false)
  const faults = wasTried ? keyFaults(draft) : []
  const task = useTask(async () => {
    const { data } = await ask('POST /api/keys', { body: keyBody(draft, Date.now()) })
    refresh('/api/keys')
    onMade(data)
  })
  const send = () => {
    setTried(true)
    if (keyFaults(draft).length === 0) void task.run()
  }
  return (
    <FormDialog
      title={t.add}
      verb={t.make}
      task={task}
      texts={keyProblems()}
      noValidate
      onSubmit={send}
      onClose={onClose}
    >
      <TextField
        label={t.name}
        hint={t.nameHint}
        error={faults.includes('name') ? t.nameMissing : undefined}
        value={draft.name}
        maxLength={64}
        autocomplete="off"
        onInput={({ currentTarget }) => set({ ...draft, name: currentTarget.value })}
      />
      <PermissionBoxes draft={draft} isMissing={faults.includes('permissions')} onChange={set} />
      <Choice
        label={t.sees}
        options={[
          { value: 'all', label: t.seesAll },
          { value: 'some', label: t.seesSome },
        ]}
        value={draft.sees}
        onChoose={(sees) => set({ ...draft, sees })}
      />
      {draft.sees === 'some' && (
        <TextField
          label={t.codes}
          hint={t.codesHint}
          error={faults.includes('patients') ? t.patientsWrong : undefined}
          value={draft.patients}
          autocomplete="off"
          onInput={({ currentTarget }) => set({ ...draft, patients: currentTarget.value })}
        />
      )}
      <SelectField
        label={t.lifetime}
        value={draft.lifetime}
        options={[
          ...LIFETIMES_DAYS.map((days) => ({ value: String(days), label: t.days(fixed(days)) })),
          { value: 'never', label: t.noEnd },
        ]}
        onChange={({ currentTarget }) => set({ ...draft, lifetime: currentTarget.value })}
      />
    </FormDialog>
  )
}
