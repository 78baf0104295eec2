/** Enters a patient: a code, what the treatment needs, and who it is where one may know that. */
import { useState } from 'preact/hooks'
import { type ApiProblem, ask } from '../../api/client.ts'
import { refresh, useRead } from '../../api/use-read.ts'
import { may, viewer } from '../../app/viewer.ts'
import { Acknowledge } from '../../ui/dialog.tsx'
import { Field, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import { problemText } from '../../ui/problem-text.ts'
import { say } from '../../ui/toasts.tsx'
import { useTask } from '../../ui/use-task.ts'
import { EMPTY_FORM, identityOf, mistakesIn, type PatientForm, patientOf } from './new-patient.ts'
import { words } from './words.ts'
import './new-patient.css'

interface Properties {
  /** The patient is there. */
  readonly onEntered: (code: string) => void
  readonly onClose: () => void
}

/** Names to choose from, for whoever may see who there is. */
function Therapists({ id }: { readonly id: string }) {
  const users = useRead('GET /api/users', may('users:read') ? { query: { limit: '200' } } : null)
  const therapists = users.data?.items.filter(
    ({ roles, disabled }) => roles.includes('therapist') && !disabled,
  )
  return (
    <datalist id={id}>
      {therapists?.map(({ name, displayName }) => (
        <option key={name} value={name}>
          {displayName}
        </option>
      ))}
    </datalist>
  )
}

type Typed = {
  readonly value: string
  readonly onInput: (event: { currentTarget: HTMLInputElement }) => void
}

function Identity({
  field,
  wrong,
}: {
  readonly field: (name: keyof PatientForm) => Typed
  readonly wrong: boolean
}) {
  const t = words()
  return (
    <fieldset class="new-patient-identity">
      <legend>{t.identity}</legend>
      <p class="soft">{t.identityHint}</p>
      <TextField label={t.name} maxLength={200} autocomplete="off" {...field('name')} />
      <div class="fields">
        <TextField label={t.dateOfBirth} type="date" {...field('dateOfBirth')} />
        <TextField
          label={t.recordNumberLabel}
          maxLength={64}
          autocomplete="off"
          error={wrong ? t.recordNumberWrong : undefined}
          {...field('recordNumber')}
        />
      </div>
    </fieldset>
  )
}

export function NewPatientDialog({ onEntered, onClose }: Properties) {
  const t = words()
  const [form, change] = useState(EMPTY_FORM)
  const [isTried, setTried] = useState(false)
  /** Entered, though not who it is. */
  const [half, setHalf] = useState<{ code: string; problem: ApiProblem } | undefined>()
  const seesAll = viewer.value?.patients === 'all'
  const save = useTask(async () => {
    const { data } = await ask('POST /api/patients', { body: patientOf(form) })
    refresh('/api/patients')
    const identity = may('patients:identify') ? identityOf(form) : null
    if (identity) {
      try {
        await ask('PUT /api/patients/{code}/identity', { path: { code: data.code }, body: identity })
      } catch (error) {
        return setHalf({ code: data.code, problem: error as ApiProblem })
      }
    }
    say(t.saved(data.code))
    onEntered(data.code)
  })
  const mistakes = isTried ? mistakesIn(form) : {}
  const isTaken = save.problem?.code === 'PATIENT_CODE_TAKEN'
  const field = (name: keyof PatientForm): Typed => ({
    value: form[name],
    onInput: ({ currentTarget }) => {
      change({ ...form, [name]: currentTarget.value })
      if (save.problem) save.clear()
    },
  })
  const submit = (): void => {
    setTried(true)
    if (Object.keys(mistakesIn(form)).length === 0) void save.run()
  }
  if (half) {
    return (
      <Acknowledge title={t.dialog} verb={t.toPatient(half.code)} onClose={() => onEntered(half.code)}>
        <Notice kind="warning" title={t.identityFailed(half.code)}>
          <p>{problemText(half.problem)}</p>
        </Notice>
      </Acknowledge>
    )
  }
  return (
    <FormDialog
      title={t.dialog}
      verb={t.save}
      task={isTaken ? { ...save, problem: undefined } : save}
      texts={{ PATIENT_NOT_YOURS: t.notYours }}
      noValidate
      hasCancel
      onSubmit={submit}
      onClose={onClose}
    >
      {!seesAll && <p>{viewer.value?.patients === 'own' ? t.own : t.notYours}</p>}
      <div class="fields">
        <TextField
          label={t.codeLabel}
          hint={t.codeHint}
          error={mistakes.code ? t.codeWrong : isTaken ? t.codeTaken : undefined}
          autocomplete="off"
          maxLength={10}
          {...field('code')}
        />
        <TextField label={t.startLabel} hint={t.startHint} type="date" {...field('treatmentStart')} />
      </div>
      {seesAll && (
        <>
          <Field label={t.therapistLabel} hint={t.therapistHint}>
            {(control) => (
              <input
                {...control}
                {...field('therapist')}
                list="new-patient-therapists"
                autocomplete="off"
                maxLength={100}
              />
            )}
          </Field>
          <Therapists id="new-patient-therapists" />
        </>
      )}
      {may('patients:identify') && <Identity field={field} wrong={mistakes.recordNumber === true} />}
    </FormDialog>
  )
}
