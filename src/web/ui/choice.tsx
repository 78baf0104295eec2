/** One of a few that all stand side by side. */
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import './choice.css'

interface Properties<V extends string> {
  /** What is chosen. */
  readonly label: string
  /** Said to screen readers alone, where what stands around says it already. */
  readonly isLabelHidden?: boolean
  readonly options: ReadonlyArray<{ readonly value: V; readonly label: ComponentChildren }>
  readonly value: V
  readonly isDisabled?: boolean
  readonly onChoose: (value: V) => void
}

/** @example <Choice label={t.view} options={[{ value: 'raw', label: t.raw }, …]} value={view} onChoose={setView} /> */
export function Choice<V extends string>({
  label,
  isLabelHidden,
  options,
  value,
  isDisabled,
  onChoose,
}: Properties<V>) {
  const name = useId()
  return (
    <fieldset class="choice" disabled={isDisabled}>
      <legend class={isLabelHidden ? 'hidden-text' : undefined}>{label}</legend>
      <div>
        {options.map((option) => (
          <label key={option.value}>
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              onChange={() => onChoose(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
