/**
 * Where one is in the page: behind `#`, so that patients' codes stand in no log and every address can be loaded anew.
 *
 * @example #/sessions/0190a5c4-…?channel=2
 */
import { computed, signal } from '@preact/signals'

/** Hash without `#`; `/` at the start. */
const hash = signal(location.hash.slice(1) || '/')
addEventListener('hashchange', () => {
  hash.value = location.hash.slice(1) || '/'
})

const parsed = computed(() => {
  const [path = '/', query = ''] = hash.value.split(/\?(.*)/s)
  return { path, query: new URLSearchParams(query) }
})

/** Path of the page, such as `/sessions/…`. */
export const path = computed(() => parsed.value.path)
/** What stands behind its `?`. */
export const query = computed(() => parsed.value.query)

type Search = Readonly<Record<string, string | number | null | undefined>>

/** The address of a view, for a link. Undefined and null are left out of the query. */
export function href(to: string, search: Search = {}): string {
  const pairs = Object.entries(search).filter(([, value]) => value !== undefined && value !== null)
  const text = new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString()
  return `#${to}${text && `?${text}`}`
}

/** The address of the view that is shown, with some of its query changed; undefined and null take one out. */
export const here = (changes: Search): string =>
  href(path.value, { ...Object.fromEntries(query.value), ...changes })

/** Goes to a view; `replace` leaves no way back to where one was. */
export function go(address: string, how: 'push' | 'replace' = 'push'): void {
  const url = address.startsWith('#') ? address : `#${address}`
  if (how === 'push') location.hash = url
  else {
    history.replaceState(history.state, '', url)
    hash.value = url.slice(1)
  }
}

/** A part of an address; null where it is none that can be read, such as `%zz`. */
function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part)
  } catch {
    return null
  }
}

/** The parameters of a path that fits a pattern such as `/sessions/:id`, else null. */
export function match(pattern: string, at: string): Record<string, string> | null {
  const wanted = pattern.split('/')
  const given = at.split('/')
  if (wanted.length !== given.length) return null
  const params: Record<string, string> = {}
  for (const [i, part] of wanted.entries()) {
    const found = given[i] as string
    if (part.startsWith(':') && found !== '') {
      const value = decoded(found)
      if (value === null) return null
      params[part.slice(1)] = value
    } else if (part !== found) return null
  }
  return params
}
