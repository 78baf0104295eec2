/** The search, from anywhere: `/` leads into it. */
import { useEffect, useRef } from 'preact/hooks'
import { Icon } from '../ui/icon.tsx'
import { go, href, path, query } from './router.ts'
import { words } from './words.ts'
import './search-box.css'

const SEARCH = '/search'
/** After the last key, before the address follows what is typed. */
const PAUSE_MS = 250

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input:not([type=radio], [type=checkbox]), textarea, select'))

export function SearchBox() {
  const t = words()
  const input = useRef<HTMLInputElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const asked = path.value === SEARCH ? (query.value.get('q') ?? '') : ''

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
        return
      if (document.querySelector('dialog[open]')) return
      event.preventDefault()
      input.current?.select()
      input.current?.focus()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
  useEffect(() => {
    if (input.current && document.activeElement !== input.current) input.current.value = asked
  }, [asked])
  useEffect(() => () => clearTimeout(timer.current), [])

  const search = (): void => {
    clearTimeout(timer.current)
    const q = input.current?.value.trim() ?? ''
    const isThere = path.value === SEARCH
    if (q !== '' || isThere) go(href(SEARCH, { q: q || null }), isThere ? 'replace' : 'push')
  }
  return (
    <search>
      <form
        class="search-box"
        onSubmit={(event) => {
          event.preventDefault()
          search()
        }}
      >
        <Icon name="search" />
        <input
          ref={input}
          type="search"
          name="q"
          aria-label={t.search}
          aria-keyshortcuts="/"
          placeholder={t.searchHint}
          autocomplete="off"
          spellcheck={false}
          maxLength={100}
          onInput={() => {
            clearTimeout(timer.current)
            if (path.value === SEARCH) timer.current = setTimeout(search, PAUSE_MS)
          }}
        />
        <span class="search-key" aria-hidden="true">
          /
        </span>
      </form>
    </search>
  )
}
