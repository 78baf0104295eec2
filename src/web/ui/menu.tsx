/** A button that unfolds what stands beneath it, until one looks elsewhere. */
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { path } from '../app/router.ts'
import { Icon } from './icon.tsx'
import './menu.css'

interface Properties {
  readonly label: ComponentChildren
  /** Where the label is a picture alone. */
  readonly name?: string
  readonly children: ComponentChildren
}

/** Escape, a click elsewhere, the focus leaving and another view fold it. @see https://www.w3.org/WAI/ARIA/apg/patterns/disclosure/ */
export function Menu({ label, name, children }: Properties) {
  const [isOpen, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  const at = path.value
  useEffect(() => setOpen(false), [at])
  useEffect(() => {
    if (!isOpen) return
    const onPointer = (event: Event): void => {
      if (!root.current?.contains(event.target as Node)) setOpen(false)
    }
    addEventListener('pointerdown', onPointer)
    return () => removeEventListener('pointerdown', onPointer)
  }, [isOpen])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears what its button and its content let through
    <div
      ref={root}
      class="menu"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return
        event.stopPropagation()
        setOpen(false)
        button.current?.focus()
      }}
      onFocusOut={(event) => {
        const next = event.relatedTarget as Node | null
        if (next && !root.current?.contains(next)) setOpen(false)
      }}
    >
      <button
        ref={button}
        type="button"
        class="plain"
        aria-expanded={isOpen}
        aria-controls={id}
        aria-label={name}
        onClick={() => setOpen(!isOpen)}
      >
        {label}
        <Icon name="down" />
      </button>
      <div id={id} class="menu-body" hidden={!isOpen}>
        {children}
      </div>
    </div>
  )
}
