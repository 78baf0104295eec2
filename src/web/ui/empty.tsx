/** Nothing is there: why, and what to do about it. */
import type { ComponentChildren } from 'preact'
import './empty.css'

interface Properties {
  readonly title: string
  readonly text?: ComponentChildren
  /** A link or a button. */
  readonly children?: ComponentChildren
}

/** @example <Empty title={t.noPatients} text={t.noPatientsHint}><button …>{t.enter}</button></Empty> */
export const Empty = ({ title, text, children }: Properties) => (
  <div class="empty">
    <p>
      <strong>{title}</strong>
    </p>
    {text && <p>{text}</p>}
    {children}
  </div>
)
