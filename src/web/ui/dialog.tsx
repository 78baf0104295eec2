/** A question that has to be answered before anything else; Escape and the cross say no. */
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { words } from './words.ts'
import './dialog.css'

interface DialogProperties {
  readonly title: string
  readonly onClose: () => void
  readonly children: ComponentChildren
}

/** Is open as long as it is rendered. The browser keeps the focus in it, and gives it back. */
export function Dialog({ title, onClose, children }: DialogProperties) {
  const element = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => element.current?.showModal(), [])
  return (
    <dialog ref={element} class="dialog" aria-labelledby={id} onClose={onClose}>
      <header>
        <h2 id={id}>{title}</h2>
        <button
          type="button"
          class="plain"
          aria-label={words().close}
          onClick={() => element.current?.close()}
        >
          ×
        </button>
      </header>
      {children}
    </dialog>
  )
}

interface ConfirmProperties {
  readonly title: string
  /** What happens, and whether it can be undone. */
  readonly children: ComponentChildren
  /** The verb of what is done, never “OK”. */
  readonly verb: string
  readonly isDangerous?: boolean
  readonly isRunning?: boolean
  readonly onConfirm: () => void
  readonly onClose: () => void
}

/** Asks before something is done that cannot be taken back. */
export const Confirm = ({
  title,
  children,
  verb,
  isDangerous,
  isRunning,
  onConfirm,
  onClose,
}: ConfirmProperties) => (
  <Dialog title={title} onClose={onClose}>
    {children}
    <footer>
      <button type="button" onClick={onClose}>
        {words().cancel}
      </button>
      <button
        type="button"
        class={isDangerous ? 'danger' : 'primary'}
        disabled={isRunning}
        onClick={onConfirm}
      >
        {verb}
      </button>
    </footer>
  </Dialog>
)
