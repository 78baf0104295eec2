/** A field of a form with its label, a hint, and what is wrong with it. */
import type { ComponentChildren, JSX } from 'preact'
import { useId } from 'preact/hooks'
import './field.css'

interface FieldProperties {
  readonly label: string
  readonly hint?: string
  readonly error?: string | undefined
  /** Such as `µV`; stands behind the field. */
  readonly unit?: string
}

type Control = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean | undefined }

/** Lays out a label around any control; it hands out what ties them together. */
export function Field({
  label,
  hint,
  error,
  unit,
  children,
}: FieldProperties & { readonly children: (control: Control) => ComponentChildren }) {
  const id = useId()
  const about = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <span class="control">
        {children({ id, 'aria-describedby': about || undefined, 'aria-invalid': error ? true : undefined })}
        {unit && <span class="unit">{unit}</span>}
      </span>
      {hint && (
        <small id={`${id}-hint`} class="hint">
          {hint}
        </small>
      )}
      {error && (
        <small id={`${id}-error`} class="wrong">
          {error}
        </small>
      )}
    </div>
  )
}

type InputProperties = FieldProperties &
  Omit<JSX.IntrinsicElements['input'], 'label' | 'id' | 'role' | 'type'> & {
    readonly type?: string
    /** Id of a `datalist` with suggestions. */
    readonly list?: string
  }

/** A line of text, a number, a date. */
export const TextField = ({ label, hint, error, unit, ...input }: InputProperties) => (
  <Field label={label} hint={hint} error={error} unit={unit}>
    {(control) => <input {...(input as JSX.IntrinsicElements['input'])} {...control} />}
  </Field>
)

type SelectProperties = FieldProperties &
  Omit<JSX.IntrinsicElements['select'], 'label' | 'id' | 'role'> & {
    readonly options: ReadonlyArray<{ readonly value: string; readonly label: string }>
  }

/** One of a few. */
export const SelectField = ({ label, hint, error, unit, options, ...select }: SelectProperties) => (
  <Field label={label} hint={hint} error={error} unit={unit}>
    {(control) => (
      <select {...select} {...control}>
        {options.map(({ value, label: text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    )}
  </Field>
)
