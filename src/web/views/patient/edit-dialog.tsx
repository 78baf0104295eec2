/** What is known of the treatment: its first day, and who treats. */
import { useState } from 'preact/hooks'
import { ask } from '../../api/client.ts'
import { refresh } from '../../api/use-read.ts'
import { viewer } from '../../app/viewer.ts'
import { TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { say } from '../../ui/toasts.tsx'
import { useTask } from '../../ui/use-task.ts'
import type { Patient } from './targets.tsx'
import { words } from './words.ts'

interface Properties {
  readonly patient: Patient
  readonly etag: string | undefined
  readonly onClose: () => void
}

export function EditDialog({ patient, etag, onClose }: Properties) {
  const t = words()
  const { code } = patient
  const [ifMatch] = useState(etag)
  const [start, setStart] = useState(patient.treatmentStart ?? '')
  const [therapist, setTherapist] = useState(patient.therapist ?? '')
  // Whose patient it is, those say who see all of them.
  const mayGive = viewer.value?.patients === 'all' && !viewer.value.pseudonymous
  const save = useTask(async () => {
    await ask('PATCH /api/patients/{code}', {
      path: { code },
      body: { treatmentStart: start || null, ...(mayGive && { therapist: therapist.trim() || null }) },
      ifMatch,
    })
    refresh(`/api/patients/${code}`, '/api/patients?', `/api/scoring/adherence/${code}`)
    say(t.saved)
    onClose()
  })
  return (
    <FormDialog
      title={t.editTitle(code)}
      verb={t.save}
      task={save}
      hasCancel
      onSubmit={() => void save.run()}
      onClose={onClose}
    >
      <TextField
        label={t.start}
        hint={t.startHint}
        type="date"
        value={start}
        disabled={save.isRunning}
        onInput={(event) => setStart((event.currentTarget as HTMLInputElement).value)}
      />
      {mayGive && (
        <TextField
          label={t.therapist}
          hint={t.therapistHint}
          value={therapist}
          maxLength={100}
          autocomplete="off"
          disabled={save.isRunning}
          onInput={(event) => setTherapist((event.currentTarget as HTMLInputElement).value)}
        />
      )}
    </FormDialog>
  )
}
