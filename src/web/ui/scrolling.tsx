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
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
  <section class="scrolling" aria-label={label} tabIndex={0}>
    {children}
  </section>
)
