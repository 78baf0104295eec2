/** A view: its heading, what belongs to the whole of it, and what one does with it. */
import type { ComponentChildren } from 'preact'
import './page.css'

interface Properties {
  /** The one `h1` of the view; the title of the window follows it. */
  readonly title: ComponentChildren
  /** Where it belongs, above the heading: a link back to the list. */
  readonly trail?: ComponentChildren
  /** Facts of the whole, beneath the heading. */
  readonly subtitle?: ComponentChildren
  /** Buttons and links. */
  readonly actions?: ComponentChildren
  readonly children: ComponentChildren
}

/** @example <Page title={code} trail={<a href="#/patients">{t.patients}</a>} actions={<button …>}>…</Page> */
export const Page = ({ title, trail, subtitle, actions, children }: Properties) => (
  <div class="page">
    <header class="page-header">
      <div class="page-title">
        {trail && <div class="page-trail">{trail}</div>}
        <h1>{title}</h1>
        {subtitle && <div class="page-subtitle">{subtitle}</div>}
      </div>
      {actions && <div class="page-actions">{actions}</div>}
    </header>
    {children}
  </div>
)
