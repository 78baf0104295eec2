/** Which page explains what: the first that exports it, or else the first that names it. */
import { anchorOf } from '../pages/read.ts'
import type { Declared, Kit } from './declared.ts'
import { ALL, groupOf, type Page } from './pages.ts'

/** Something on a page. */
export interface Placed {
  readonly id: string
  readonly name: string
  readonly declared: Declared
  readonly page: Page
  readonly exported: boolean
}

const NOUNS: Readonly<Record<Declared['kind'], string>> = {
  function: 'function',
  constant: 'const',
  class: 'class',
  interface: 'interface',
  type: 'type',
  namespace: 'namespace',
}

export const headingOf = (name: string, { kind }: Declared): string => `${NOUNS[kind]} ${name}`

/** The target of a link to it. */
export const addressOf = ({ name, declared, page }: Placed, from: Page): string =>
  `${page === from ? '' : `${page.file}.md`}#${anchorOf(headingOf(name, declared))}`

/** Everything that has a place, each once: on the first page that exports it, or names it. */
export function place({ modules, declared }: Kit): Placed[] {
  const placed = new Map<string, Placed>()
  const put = (id: string, name: string, page: Page, exported: boolean): void => {
    const one = declared.get(id)
    if (one && !placed.has(id)) placed.set(id, { id, name, declared: one, page, exported })
  }
  for (const page of ALL) {
    for (const [name, id] of modules.get(page.module) ?? []) {
      const one = declared.get(id)
      if (one && one.kind !== 'namespace' && page.takes(name, one)) put(id, name, page, true)
    }
  }
  // What is put meanwhile is visited too.
  for (const { declared: one, page } of placed.values()) {
    for (const id of one.names) {
      const named = declared.get(id)
      if (named) put(id, named.name, page, false)
    }
  }
  return [...placed.values()]
}

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const isValue = ({ kind }: Declared): boolean => ['function', 'constant', 'class'].includes(kind)

/** Below the heading of a page, what one calls before what it takes; within a file, as they stand there. */
export const inOrder = (some: readonly Placed[]): Placed[] => {
  const rank = ({ page, declared }: Placed): number => (page.file === 'sdk' ? groupOf(declared).rank : 0)
  return some.toSorted(
    (a, b) =>
      rank(a) - rank(b) ||
      byCodeUnit(a.declared.file, b.declared.file) ||
      Number(isValue(b.declared)) - Number(isValue(a.declared)) ||
      a.declared.at - b.declared.at,
  )
}
