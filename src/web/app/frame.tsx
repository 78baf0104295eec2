/** What stands around every view: name, navigation, account. */
import type { ComponentChildren } from 'preact'
import { path } from './router.ts'
import { signOut } from './viewer.ts'
import { words } from './words.ts'
import './frame.css'

export function Frame({ children }: { readonly children: ComponentChildren }) {
  const t = words()
  const entries = [{ to: '/', label: t.overview }]
  return (
    <>
      <button type="button" class="skip" onClick={() => document.getElementById('content')?.focus()}>
        {t.skip}
      </button>
      <header class="frame">
        <a class="brand" href="#/">
          Myoserve
        </a>
        <nav aria-label={t.navigation}>
          {entries.map(({ to, label }) => (
            <a key={to} href={`#${to}`} aria-current={path.value === to ? 'page' : undefined}>
              {label}
            </a>
          ))}
        </nav>
        <button type="button" onClick={() => void signOut()}>
          {t.signOut}
        </button>
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
    </>
  )
}
