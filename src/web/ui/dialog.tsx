/** A question that has to be answered before anything else; Escape and the cross say no. */
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { ProblemNotice } from './notice.tsx'
import type { ProblemTexts } from './problem-text.ts'
import type { Task } from './use-task.ts'
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
  /** What is done; its failure stands beneath. */
  readonly task: Pick<Task<[]>, 'run' | 'isRunning' | 'problem'>
  /** Sentences for the codes of its failures. */
  readonly texts?: ProblemTexts
  readonly onClose: () => void
}

/**
 * Asks before something is done that cannot be taken back.
 *
 * @example <Confirm title={t.removeTitle} verb={t.remove} isDangerous task={remove} onClose={close}>…</Confirm>
 */
export const Confirm = ({ title, children, verb, isDangerous, task, texts, onClose }: ConfirmProperties) => (
  <Dialog title={title} onClose={onClose}>
    {children}
    {task.problem && <ProblemNotice problem={task.problem} texts={texts} />}
    <footer>
      <button type="button" onClick={onClose}>
        {words().cancel}
      </button>
      <button
        type="button"
        class={isDangerous ? 'danger' : 'primary'}
        disabled={task.isRunning}
        onClick={() => void task.run()}
      >
        {verb}
      </button>
    </footer>
  </Dialog>
)

interface AcknowledgeProperties {
  readonly title: string
  readonly children: ComponentChildren
  /** What one says by the button: that it was noted, or where one goes. */
  readonly verb: string
  readonly onClose: () => void
}

/** Tells what is told only now, until somebody says that it was noted. */
export const Acknowledge = ({ title, children, verb, onClose }: AcknowledgeProperties) => (
  <Dialog title={title} onClose={onClose}>
    {children}
    <footer>
      <button type="button" class="primary" onClick={onClose}>
        {verb}
      </button>
    </footer>
  </Dialog>
)
