/** Parts of a view of which one is shown; which one stands in the address. */
import type { ComponentChildren } from 'preact'
import { useId, useRef } from 'preact/hooks'
import { go, here, query } from '../app/router.ts'
import './tabs.css'

export interface Tab {
  readonly id: string
  readonly label: ComponentChildren
}

interface Properties {
  /** What they are parts of. */
  readonly label: string
  /** The first is shown where the address names none of them. */
  readonly tabs: readonly [Tab, ...Tab[]]
  /** Of the query; `tab` unless stated. */
  readonly parameter?: string
  /** What belongs to a tab. */
  readonly children: (id: string) => ComponentChildren
}

const STEPS: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at + count - 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
}

/**
 * Links that are tabs: arrow keys go from one to the next, and each can be opened by its address.
 *
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/tabs/
 * @example <Tabs label={t.parts} tabs={[{ id: 'signal', label: t.signal }]}>{(id) => parts[id]()}</Tabs>
 */
export function Tabs({ label, tabs, parameter = 'tab', children }: Properties) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const asked = query.value.get(parameter)
  const at = Math.max(
    0,
    tabs.findIndex((tab) => tab.id === asked),
  )
  const current = tabs[at] as Tab
  const address = (to: string): string => here({ [parameter]: to === tabs[0].id ? null : to })
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = STEPS[event.key]
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    const next = step(at, tabs.length)
    go(address((tabs[next] as Tab).id), 'replace')
    ;(list.current?.children[next] as HTMLElement | undefined)?.focus()
  }
  return (
    <>
      <div ref={list} class="tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
        {tabs.map((tab) => (
          <a
            key={tab.id}
            id={`${id}-${tab.id}`}
            role="tab"
            href={address(tab.id)}
            aria-selected={tab === current}
            aria-controls={`${id}-panel`}
            tabIndex={tab === current ? 0 : -1}
          >
            {tab.label}
          </a>
        ))}
      </div>
      <div id={`${id}-panel`} class="tab-panel" role="tabpanel" aria-labelledby={`${id}-${current.id}`}>
        {children(current.id)}
      </div>
    </>
  )
}
