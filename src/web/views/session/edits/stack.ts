/** What can be undone and redone of the edits of this visit: the history of the recording keeps all of them. */
import type { StoredEdit } from '../../../api/shapes.ts'

export type Edit = NonNullable<StoredEdit['edit']>

/** Edits made since the view was opened. */
export interface EditStack {
  /** Their ids, in the order in which they were made. */
  readonly made: readonly string[]
  /** Those that were undone since, the last one last. */
  readonly undone: readonly Undone[]
}

/** What was undone, to be made once more. */
export type Undone = Pick<StoredEdit, 'reason'> & { readonly edit: Edit }

export const EMPTY_STACK: EditStack = { made: [], undone: [] }

/** Something new has been done: what was undone before cannot be redone. */
export const afterEdit = ({ made }: EditStack, id: string): EditStack => ({ made: [...made, id], undone: [] })

export const afterUndo = ({ made, undone }: EditStack, id: string, { edit, reason }: Undone): EditStack => ({
  made: made.filter((each) => each !== id),
  undone: [...undone, { edit, reason }],
})

/** What is redone is an edit of its own. */
export const afterRedo = ({ made, undone }: EditStack, id: string): EditStack => ({
  made: [...made, id],
  undone: undone.slice(0, -1),
})

/** The edit that Undo takes back: the last of this visit that is in force; nobody else’s. */
export function nextUndo(history: readonly StoredEdit[], { made }: EditStack) {
  for (const id of made.toReversed()) {
    const found = history.find((each) => each.id === id && each.inForce)
    if (found?.edit) return { ...found, edit: found.edit }
  }
  return undefined
}

export const nextRedo = ({ undone }: EditStack): Undone | undefined => undone.at(-1)

/** An entry of the history with who undid it. */
export interface HistoryEntry {
  readonly entry: StoredEdit & { readonly edit: Edit }
  readonly revokedBy: StoredEdit | undefined
}

/** Edits, the latest first, each with what undid it. */
export const historyOf = (items: readonly StoredEdit[]): HistoryEntry[] =>
  items
    .flatMap((entry) => {
      const { edit } = entry
      if (edit === null) return []
      return [{ entry: { ...entry, edit }, revokedBy: items.find(({ revokes }) => revokes === entry.id) }]
    })
    .reverse()
