/** What stands around every view: name, navigation, search, account. */
import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import { Icon } from '../ui/icon.tsx'
import { AccountMenu } from './account-menu.tsx'
import { Brand } from './brand.tsx'
import { entriesFor, isWithin } from './navigation.ts'
import { path } from './router.ts'
import { SearchBox } from './search-box.tsx'
import { useViewChange } from './use-view-change.ts'
import { may } from './viewer.ts'
import { words } from './words.ts'
import './frame.css'

const SEARCHABLE = ['patients:read', 'sessions:read']

export function Frame({ children }: { readonly children: ComponentChildren }) {
  const t = words()
  const main = useRef<HTMLElement>(null)
  useViewChange(main, path.value)
  return (
    <>
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        {t.skip}
      </button>
      <header class="frame">
        <a class="brand" href="#/" aria-label={t.home}>
          <Brand />
        </a>
        <nav aria-label={t.navigation}>
          {entriesFor(may).map(({ to, name }) => (
            <a key={to} href={`#${to}`} aria-current={isWithin(to, path.value) ? 'page' : undefined}>
              <Icon name={name} />
              {t[name]}
            </a>
          ))}
        </nav>
        {SEARCHABLE.some(may) && <SearchBox />}
        <AccountMenu />
      </header>
      <main id="content" ref={main} tabIndex={-1}>
        {children}
      </main>
    </>
  )
}
