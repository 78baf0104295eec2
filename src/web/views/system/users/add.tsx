/** Adding a user, and the link on which that one chooses a password. */
import { useState } from 'preact/hooks'
import { type Answer, ask } from '../../../api/client.ts'
import { refresh } from '../../../api/use-read.ts'
import { dateTime } from '../../../language/format.ts'
import { Acknowledge } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/field.tsx'
import { FormDialog } from '../../../ui/form-dialog.tsx'
import { useTask } from '../../../ui/use-task.ts'
import { Copyable } from '../copyable/copyable.tsx'
import { linkOf, nameFault } from './draft.ts'
import { userProblems } from './problem-texts.ts'
import { RoleBoxes } from './role-boxes.tsx'
import { words } from './words.ts'

/** A link that is told once. */
export interface Link {
  readonly name: string
  readonly link: Answer<'POST /api/users/{id}/reset'>
}

export function LinkDialog({ name, link, onClose }: Link & { readonly onClose: () => void }) {
  const t = words()
  return (
    <Acknowledge title={t.linkFor(name)} verb={t.close} onClose={onClose}>
      <p>{t.linkText(dateTime(link.expiresAt))}</p>
      <Copyable label={t.link} text={linkOf(link.path, location.origin)} />
    </Acknowledge>
  )
}

interface Properties {
  readonly onMade: (link: Link) => void
  readonly onClose: () => void
}

export function AddUser({ onMade, onClose }: Properties) {
  const t = words()
  const [name, setName] = useState('')
  const [displayName, setDisplayName] = useState('')
  const [roles, setRoles] = useState<readonly string[]>([])
  const [wasTried, setTried] = useState(false)
  const fault = nameFault(name)
  const task = useTask(async () => {
    const { data } = await ask('POST /api/users', {
      body: {
        name: name.trim(),
        roles: [...roles],
        ...(displayName.trim() && { displayName: displayName.trim() }),
      },
    })
    refresh('/api/users')
    onMade({ name: data.name, link: data.link })
  })
  const send = () => {
    setTried(true)
    if (!fault && roles.length > 0) void task.run()
  }
  return (
    <FormDialog
      title={t.add}
      verb={t.make}
      task={task}
      texts={userProblems()}
      noValidate
      onSubmit={send}
      onClose={onClose}
    >
      <TextField
        label={t.name}
        hint={t.nameHint}
        error={wasTried && fault ? t[fault] : undefined}
        value={name}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        onInput={({ currentTarget }) => setName(currentTarget.value)}
      />
      <TextField
        label={t.displayName}
        hint={t.displayHint}
        value={displayName}
        maxLength={100}
        autocomplete="off"
        onInput={({ currentTarget }) => setDisplayName(currentTarget.value)}
      />
      <RoleBoxes chosen={roles} isMissing={wasTried && roles.length === 0} onChange={setRoles} />
    </FormDialog>
  )
}
