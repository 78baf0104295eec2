/** Nothing is there: why, and what to do about it. */
import type { ComponentChildren } from 'preact'
import './empty.css'

export const Empty = ({
  title,
  children,
}: {
  readonly title: string
  readonly children?: ComponentChildren
}) => (
  <div class="empty">
    <p>
      <strong>{title}</strong>
    </p>
    {children}
  </div>
)
