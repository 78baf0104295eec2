/** A room of the system: its heading, and the way to the others. */
import type { ComponentChildren } from 'preact'
import { href, path } from '../../../app/router.ts'
import { may } from '../../../app/viewer.ts'
import { Page } from '../../../ui/page.tsx'
import { roomsFor } from './rooms.ts'
import { words } from './words.ts'
import './room.css'

interface Properties {
  readonly title: string
  /** How it is, beneath the heading. */
  readonly subtitle?: ComponentChildren
  readonly actions?: ComponentChildren
  readonly children: ComponentChildren
}

export function Room({ title, subtitle, actions, children }: Properties) {
  const t = words()
  return (
    <div class="system-room">
      <nav class="system-rooms not-printed" aria-label={t.rooms}>
        {roomsFor(may).map(({ path: to, word }) => (
          <a key={to} href={href(to)} aria-current={path.value === to ? 'page' : undefined}>
            {t[word]}
          </a>
        ))}
      </nav>
      <Page title={title} subtitle={subtitle} actions={actions}>
        {children}
      </Page>
    </div>
  )
}
