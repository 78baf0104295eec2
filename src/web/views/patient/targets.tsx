/** What each muscle of a patient is to reach in a session, and a form to change it. */
import { useId, useState } from 'preact/hooks'
import { type Answer, ask } from '../../api/client.ts'
import { refresh } from '../../api/use-read.ts'
import { may } from '../../app/viewer.ts'
import { exactPercent, exactSeconds, fixed } from '../../language/format.ts'
import { isUnrecorded, type Muscle } from '../../mvc/recorded.ts'
import { useRecorded } from '../../mvc/use-recorded.ts'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Notice, ProblemNotice } from '../../ui/notice.tsx'
import { NumberCell } from '../../ui/number-cell.tsx'
import { Table } from '../../ui/table.tsx'
import { say } from '../../ui/toasts.tsx'
import { useTask } from '../../ui/use-task.ts'
import { muscleName, muscleText } from './muscle-text.ts'
import { recordWords } from './record-words.ts'
import {
  emptyRow,
  readRows,
  rowsOf,
  type TargetField,
  type TargetMistakes,
  type TargetRow,
} from './target-form.ts'

export type Patient = Answer<'GET /api/patients/{code}'>

function TargetTable({ targets }: { readonly targets: Patient['targets'] }) {
  const t = recordWords()
  return (
    <Table
      caption={t.targetsTitle}
      columns={[
        t.muscle,
        t.side,
        { number: t.contractions },
        { number: t.duration },
        { number: t.mvcPercent },
      ]}
    >
      {targets.map(({ muscle, side, contractions, durationMs, mvcPercent }) => (
        <tr key={`${muscle} ${side}`}>
          <th scope="row">{muscleName(muscle)}</th>
          <td>{t[side]}</td>
          <NumberCell text={contractions === null ? null : fixed(contractions)} why={t.fromRules} />
          <NumberCell text={durationMs === null ? null : exactSeconds(durationMs)} why={t.fromRules} />
          <NumberCell text={mvcPercent === null ? null : exactPercent(mvcPercent)} why={t.fromRules} />
        </tr>
      ))}
    </Table>
  )
}

interface RowProperties {
  readonly row: TargetRow
  /** Id of the list of muscles to choose from. */
  readonly list: string
  readonly mistakes: TargetMistakes
  readonly onChange: (row: TargetRow) => void
  readonly onRemove: () => void
}

function FormRow({ row, list, mistakes, onChange, onRemove }: RowProperties) {
  const t = recordWords()
  const error = (field: TargetField): string | undefined => {
    const mistake = mistakes.get(row.key)?.[field]
    return mistake && t[mistake]
  }
  const field = (name: TargetField, label: string, unit?: string) => (
    <TextField
      label={label}
      unit={unit}
      value={row[name]}
      error={error(name)}
      inputMode={name === 'muscle' ? 'text' : 'decimal'}
      autocomplete="off"
      list={name === 'muscle' ? list : undefined}
      onInput={(event) => onChange({ ...row, [name]: (event.currentTarget as HTMLInputElement).value })}
    />
  )
  return (
    <fieldset class="patient-target">
      <legend class="hidden-text">{row.muscle || t.unnamed}</legend>
      {field('muscle', t.muscle)}
      <SelectField
        label={t.side}
        value={row.side}
        options={(['left', 'right', 'none'] as const).map((side) => ({ value: side, label: t[side] }))}
        onChange={(event) =>
          onChange({ ...row, side: (event.currentTarget as HTMLSelectElement).value as TargetRow['side'] })
        }
      />
      {field('contractions', t.contractions)}
      {field('seconds', t.duration, 's')}
      {field('mvcPercent', t.mvcPercent, '%')}
      <button
        type="button"
        class="plain beside-fields"
        aria-label={t.removeRow(row.muscle || t.unnamed)}
        onClick={onRemove}
      >
        ×
      </button>
    </fieldset>
  )
}

interface FormProperties {
  readonly patient: Patient
  readonly etag: string | undefined
  /** The muscles that sessions of the patient record. */
  readonly recorded: readonly Muscle[]
  readonly onDone: () => void
}

function TargetForm({ patient, etag, recorded, onDone }: FormProperties) {
  const t = recordWords()
  const list = useId()
  const [rows, setRows] = useState<readonly TargetRow[]>(() =>
    patient.targets.length > 0 ? rowsOf(patient.targets) : [emptyRow(0)],
  )
  const [mistakes, setMistakes] = useState<TargetMistakes>(new Map())
  // Of the version that the form was filled from, whatever is read meanwhile.
  const [ifMatch] = useState(etag)
  const save = useTask(async () => {
    const read = readRows(rows)
    setMistakes('mistakes' in read ? read.mistakes : new Map())
    if ('mistakes' in read) return
    await ask('PATCH /api/patients/{code}', {
      path: { code: patient.code },
      body: { targets: read.targets },
      ifMatch,
    })
    refresh(`/api/patients/${patient.code}`, '/api/patients?')
    say(t.saved)
    onDone()
  })
  const next = Math.max(-1, ...rows.map(({ key }) => key)) + 1
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void save.run()
      }}
    >
      <datalist id={list}>
        {[...new Set(recorded.map(({ muscle }) => muscle))].map((muscle) => (
          <option key={muscle} value={muscle} />
        ))}
      </datalist>
      {rows.map((row) => (
        <FormRow
          key={row.key}
          row={row}
          list={list}
          mistakes={mistakes}
          onChange={(changed) => setRows(rows.map((each) => (each.key === changed.key ? changed : each)))}
          onRemove={() => setRows(rows.filter(({ key }) => key !== row.key))}
        />
      ))}
      {save.problem && <ProblemNotice problem={save.problem} />}
      <div class="row">
        <button type="submit" class="primary" disabled={save.isRunning}>
          {t.save}
        </button>
        <button type="button" onClick={() => setRows([...rows, emptyRow(next)])}>
          {t.addMuscle}
        </button>
        <button type="button" class="plain" onClick={onDone}>
          {t.cancel}
        </button>
      </div>
    </form>
  )
}

export function Targets({ patient, etag }: { readonly patient: Patient; readonly etag: string | undefined }) {
  const t = recordWords()
  const [isEdited, setEdited] = useState(false)
  const recorded = useRecorded(patient.code)
  const unrecorded = patient.targets.filter((target) => isUnrecorded(target, recorded))
  return (
    <section class="card stack">
      <div>
        <h2>{t.targetsTitle}</h2>
        <p class="soft patient-hint">{t.targetsHint}</p>
      </div>
      {isEdited ? (
        <TargetForm patient={patient} etag={etag} recorded={recorded} onDone={() => setEdited(false)} />
      ) : (
        <>
          {patient.targets.length === 0 ? <p>{t.noTargets}</p> : <TargetTable targets={patient.targets} />}
          {unrecorded.length > 0 && (
            <Notice kind="warning">
              <p>
                {t.unrecorded(unrecorded.map(muscleText).join(' · '), recorded.map(muscleText).join(' · '))}
              </p>
            </Notice>
          )}
          {may('patients:write') && (
            <div class="row">
              <button type="button" onClick={() => setEdited(true)}>
                {t.editTargets}
              </button>
            </div>
          )}
        </>
      )}
    </section>
  )
}
