/** A form in a dialog: its fields, what is wrong, and the button that sends it. */
import type { ComponentChildren } from 'preact'
import { Dialog } from './dialog.tsx'
import { ProblemNotice } from './notice.tsx'
import type { ProblemTexts } from './problem-text.ts'
import type { Task } from './use-task.ts'
import { words } from './words.ts'

interface FormProperties {
  readonly title: string
  /** Fields. */
  readonly children: ComponentChildren
  /** The verb of what is done, never “OK”. */
  readonly verb: string
  /** What sends the form; its failure stands beneath the fields. */
  readonly task: Pick<Task<never>, 'isRunning' | 'problem'>
  /** Sentences for the codes of its failures. */
  readonly texts?: ProblemTexts
  /** The view says itself what is wrong with a field. */
  readonly noValidate?: boolean
  /** A way out beside the cross. */
  readonly hasCancel?: boolean
  readonly onSubmit: () => void
  readonly onClose: () => void
}

/** Asks for what is to be entered. @example <FormDialog title={t.add} verb={t.save} task={save} onSubmit={send} onClose={close}>…</FormDialog> */
export const FormDialog = ({
  title,
  children,
  verb,
  task,
  texts,
  noValidate,
  hasCancel,
  onSubmit,
  onClose,
}: FormProperties) => (
  <Dialog title={title} onClose={onClose}>
    <form
      class="stack"
      noValidate={noValidate}
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {children}
      {task.problem && <ProblemNotice problem={task.problem} texts={texts} />}
      <footer>
        {hasCancel && (
          <button type="button" onClick={onClose}>
            {words().cancel}
          </button>
        )}
        <button type="submit" class="primary" disabled={task.isRunning}>
          {verb}
        </button>
      </footer>
    </form>
  </Dialog>
)
