/** Whose recordings they are: a patient found by typing, a new one, or nobody. */
import { useId, useRef, useState } from 'preact/hooks'
import type { Answer } from '../../api/client.ts'
import { useRead } from '../../api/use-read.ts'
import { may } from '../../app/viewer.ts'
import { calendarDay } from '../../language/format.ts'
import { Field } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { problemText } from '../../ui/problem-text.ts'
import { useSettled } from '../../ui/use-settled.ts'
import { NewPatientDialog } from '../patients/new-patient-dialog.tsx'
import { searchOf, suggest } from './suggest.ts'
import { words } from './words.ts'

type Patient = Answer<'GET /api/patients'>['items'][number]

/** Shown at once; whoever looks for another one types on. */
const SHOWN = 8

/** What tells one patient from another. */
export function PatientFacts({ patient }: { readonly patient: Patient }) {
  const t = words()
  const facts = [
    patient.therapist && t.by(patient.therapist),
    patient.treatmentStart && t.since(calendarDay(patient.treatmentStart)),
  ].filter(Boolean)
  return <span class="soft">{facts.join(' · ')}</span>
}

/** A combobox. @see https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ */
function PatientBox({ onChoose }: { readonly onChoose: (code: string) => void }) {
  const t = words()
  const id = useId()
  const [typed, type] = useState('')
  const [isOpen, setOpen] = useState(false)
  const [at, setAt] = useState(-1)
  const search = searchOf(useSettled(typed))
  const sort = search === undefined ? ('-createdAt' as const) : ('code' as const)
  const read = useRead('GET /api/patients', isOpen ? { query: { search, sort, limit: '50' } } : null)
  // Those of the last answer that still fit are shown until the next one is there.
  const last = useRef<readonly Patient[] | undefined>(undefined)
  if (read.data) last.current = read.data.items
  const found = last.current && suggest(last.current, typed).slice(0, SHOWN)
  const isShown = isOpen && found !== undefined && found.length > 0
  const active = isShown ? found[at] : undefined
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') setOpen(false)
    if (event.key === 'Enter') {
      event.preventDefault()
      const only =
        found?.length === 1 ? found[0] : found?.find(({ code }) => code === typed.trim().toUpperCase())
      const choice = active ?? only
      if (choice) onChoose(choice.code)
      return
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    setOpen(true)
    const count = found?.length ?? 0
    if (count === 0) return
    setAt(event.key === 'ArrowDown' ? (at + 1) % count : at <= 0 ? count - 1 : at - 1)
  }
  const news = !isOpen
    ? ''
    : read.problem
      ? problemText(read.problem)
      : found && found.length > 0
        ? t.found(found.length)
        : read.data
          ? t.noPatient
          : t.searching
  return (
    <div class="patient-box">
      <Field label={t.patient} hint={t.patientHint}>
        {(control) => (
          <input
            {...control}
            role="combobox"
            autocomplete="off"
            aria-autocomplete="list"
            aria-expanded={isShown}
            aria-controls={`${id}-list`}
            aria-activedescendant={active ? `${id}-${active.code}` : undefined}
            maxLength={100}
            value={typed}
            onInput={({ currentTarget }) => {
              type(currentTarget.value)
              setOpen(true)
              setAt(-1)
            }}
            onFocus={() => setOpen(true)}
            onClick={() => setOpen(true)}
            onBlur={() => setOpen(false)}
            onKeyDown={onKeyDown}
          />
        )}
      </Field>
      <div id={`${id}-list`} role="listbox" aria-label={t.patients} hidden={!isShown}>
        {found?.map((patient, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field, which keeps the focus
          <div
            key={patient.code}
            id={`${id}-${patient.code}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === at}
            // The field keeps the focus, so that the list stays until it is clicked.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onChoose(patient.code)}
          >
            <strong>{patient.code}</strong> <PatientFacts patient={patient} />
          </div>
        ))}
      </div>
      <p class={isOpen && !isShown ? 'patient-box-news' : 'hidden-text'} role="status">
        {news}
      </p>
    </div>
  )
}

/** The one that was chosen, with what shows that it is the right one. */
function Chosen({ code, onChange }: { readonly code: string; readonly onChange: () => void }) {
  const t = words()
  const patient = useRead('GET /api/patients/{code}', { path: { code } })
  return (
    <div class="upload-chosen">
      <p>
        <strong>{t.chosen(code)}</strong> {patient.data && <PatientFacts patient={patient.data} />}
      </p>
      {patient.problem && (
        <p class="wrong" role="alert">
          {patient.problem.status === 404 || patient.problem.status === 400
            ? t.unknownPatient(code)
            : problemText(patient.problem)}
        </p>
      )}
      <button type="button" onClick={onChange}>
        {t.change}
      </button>
    </div>
  )
}

interface Properties {
  /** undefined: not said yet. */
  readonly code: string | undefined
  readonly onChoose: (code: string | undefined) => void
}

export function PatientChoice({ code, onChoose }: Properties) {
  const t = words()
  const [isEntering, setEntering] = useState(false)
  if (code !== undefined) return <Chosen code={code} onChange={() => onChoose(undefined)} />
  return (
    <div class="upload-patient">
      <PatientBox onChoose={onChoose} />
      {may('patients:write') && (
        <button type="button" onClick={() => setEntering(true)}>
          <Icon name="plus" />
          {t.newPatient}
        </button>
      )}
      {isEntering && (
        <NewPatientDialog
          onEntered={(entered) => {
            setEntering(false)
            onChoose(entered)
          }}
          onClose={() => setEntering(false)}
        />
      )}
    </div>
  )
}
