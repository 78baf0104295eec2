/** One parameter: what it is, what is wrong with what was typed, and the way back to the preset. */
import { useEffect, useState } from 'preact/hooks'
import { significant, withUnit } from '../../../language/format.ts'
import { SelectField, TextField } from '../../../ui/field.tsx'
import { Icon } from '../../../ui/icon.tsx'
import {
  type Field,
  type FieldProblem,
  type NumberField,
  parseField,
  shownValue,
  type Value,
} from './fields.ts'
import { fieldName, wordOf, words } from './words.ts'

/** A value for people. */
export function valueText(field: Field, value: Value | undefined): string {
  const t = words()
  if (value === undefined) return t.byChannel
  if (value === null) return t.none
  if (typeof value === 'boolean') return value ? t.yes : t.no
  if (field.kind === 'choice')
    return typeof value === 'number' ? withUnit(significant(value), 'Hz') : (wordOf(value) ?? value)
  const shown = significant(Number(value) * field.shownBy, 6)
  return field.unit === '' ? shown : withUnit(shown, field.unit)
}

interface Properties<F extends Field> {
  readonly field: F
  /** undefined: it is not the same for all channels. */
  readonly value: Value | undefined
  /** Of the preset, or as stored. */
  readonly base: Value | undefined
  /** What is wrong with it beside other fields. */
  readonly error?: string | undefined
  /** undefined: back to what is not the same for all. */
  readonly onChange: (value: Value | undefined) => void
}

function NumberInput({ field, value, base, error, onChange }: Properties<NumberField>) {
  const t = words()
  const [text, setText] = useState(shownValue(field, value))
  const [problem, setProblem] = useState<FieldProblem | undefined>()
  useEffect(() => {
    // Not while somebody types the same in another way, such as `30.`
    const read = parseField(field, text)
    if (!('value' in read) || read.value !== value) {
      setText(shownValue(field, value))
      setProblem(undefined)
    }
  }, [field.path, value])
  return (
    <TextField
      label={fieldName(field.path)}
      unit={field.unit === '' ? undefined : field.unit}
      inputMode="decimal"
      autocomplete="off"
      placeholder={value === undefined ? t.byChannel : field.mayBeNone ? t.none : undefined}
      value={text}
      error={problem ? t[problem] : error}
      hint={value === base ? undefined : t[hintOf(field)](valueText(field, base))}
      onInput={({ currentTarget }) => {
        setText(currentTarget.value)
        const read = parseField(field, currentTarget.value)
        setProblem('problem' in read ? read.problem : undefined)
        if ('value' in read) onChange(read.value)
      }}
    />
  )
}

/** Targets are those of the recording, everything else is the preset's. */
const hintOf = ({ path }: Field): 'storedHas' | 'presetHas' =>
  path.startsWith('targets.') ? 'storedHas' : 'presetHas'

export function ParameterField({ field, value, base, error, onChange }: Properties<Field>) {
  const t = words()
  return (
    <div class={`session-parameter ${value === base ? '' : 'changed'}`}>
      {field.kind === 'number' ? (
        <NumberInput field={field} value={value} base={base} error={error} onChange={onChange} />
      ) : (
        <SelectField
          label={fieldName(field.path)}
          value={String(value)}
          options={field.values.map((each) => ({ value: String(each), label: valueText(field, each) }))}
          hint={value === base ? undefined : t[hintOf(field)](valueText(field, base))}
          onChange={({ currentTarget }) =>
            onChange(field.values.find((each) => String(each) === currentTarget.value) ?? null)
          }
        />
      )}
      {value !== base && (
        <button
          type="button"
          class="plain"
          aria-label={t.resetOne(fieldName(field.path))}
          onClick={() => onChange(base)}
        >
          <Icon name="undo" />
        </button>
      )}
    </div>
  )
}
