/** Boxes of which any may be ticked. */
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { toggled } from './toggled.ts'
import './boxes.css'

interface Properties {
  readonly label: string
  readonly hint?: string
  readonly options: ReadonlyArray<{
    readonly value: string
    readonly label: string
    readonly note?: ComponentChildren
  }>
  readonly chosen: readonly string[]
  readonly error?: string | undefined
  /** Many: they scroll in a place of their own. */
  readonly isLong?: boolean
  /** Told those that are ticked, in the order of the options. */
  readonly onChange: (chosen: readonly string[]) => void
}

/** @example <Boxes label={t.roles} options={roles} chosen={chosen} error={isNone ? t.chooseRole : undefined} onChange={choose} /> */
export function Boxes({ label, hint, options, chosen, error, isLong, onChange }: Properties) {
  const id = useId()
  const all = options.map(({ value }) => value)
  return (
    <fieldset class="boxes" aria-describedby={error ? id : undefined}>
      <legend>{label}</legend>
      {hint && <p class="soft">{hint}</p>}
      <div class={isLong ? 'long' : undefined}>
        {options.map(({ value, label: text, note }) => (
          <label key={value}>
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={() => onChange(toggled(chosen, value, all))}
            />
            <span>
              {text}
              {note && <small class="soft">{note}</small>}
            </span>
          </label>
        ))}
      </div>
      {error && (
        <small id={id} class="wrong">
          {error}
        </small>
      )}
    </fieldset>
  )
}
