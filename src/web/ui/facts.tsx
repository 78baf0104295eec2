/** What is known of something, each with its name; what is not known says why. */
import type { ComponentChildren } from 'preact'
import { NO_FIGURE } from '../language/format.ts'
import './facts.css'

export interface Fact {
  readonly label: string
  /** null: it is not known, and the note says why. */
  readonly value: ComponentChildren
  readonly note?: ComponentChildren
}

/** @example <Facts facts={[{ label: t.mvc, value: amplitude(mvc), note: reason }]} /> */
export const Facts = ({ facts }: { readonly facts: readonly Fact[] }) => (
  <dl class="facts">
    {facts.map(({ label, value, note }) => (
      <div key={label}>
        <dt>{label}</dt>
        <dd>
          {value ?? NO_FIGURE}
          {note && <small>{note}</small>}
        </dd>
      </div>
    ))}
  </dl>
)
