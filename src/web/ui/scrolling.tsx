/** A wide table that scrolls within its own place, by the keyboard too. */
import type { ComponentChildren } from 'preact'

/** @example <Scrolling label={t.contractions}><table>…</table></Scrolling> */
export const Scrolling = ({
  label,
  children,
}: {
  readonly label: string
  readonly children: ComponentChildren
}) => (
  // A group and no region: landmarks are for the parts of a view, and one of those has often the same name.
  // biome-ignore lint/a11y/useSemanticElements: a fieldset is of a form
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
  <div class="scrolling" role="group" aria-label={label} tabIndex={0}>
    {children}
  </div>
)
