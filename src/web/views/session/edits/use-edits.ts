/** Contractions set by hand: made, undone, redone, each kept in the history of the recording. */
import { useState } from 'preact/hooks'
import { ask } from '../../../api/client.ts'
import type { StoredEdit } from '../../../api/shapes.ts'
import { refresh, useRead } from '../../../api/use-read.ts'
import { may, viewer } from '../../../app/viewer.ts'
import { say } from '../../../ui/toasts.tsx'
import { useTask } from '../../../ui/use-task.ts'
import { readsOf } from '../subject.ts'
import {
  afterEdit,
  afterRedo,
  afterUndo,
  type Edit,
  EMPTY_STACK,
  nextRedo,
  nextUndo,
  type Undone,
} from './stack.ts'
import { words } from './words.ts'

export const mayEdit = (): boolean => may('analysis:edit')

/** Who makes it, as the history is to say it. */
const author = (): string | null => viewer.value?.name ?? null

/** @param sessionId whose figures follow from the edits; undefined: the recording is in none */
export function useEdits(recordingId: string, sessionId: string | undefined) {
  const [stack, setStack] = useState(EMPTY_STACK)
  const read = useRead('GET /api/recordings/{id}/edits', { path: { id: recordingId } })
  const history: readonly StoredEdit[] = read.data?.items ?? []
  const path = { id: recordingId }

  const add = async (edit: Edit, reason: string | null): Promise<StoredEdit> =>
    (await ask('POST /api/recordings/{id}/edits', { path, body: { edit, reason, author: author() } })).data

  const task = useTask(async (work: () => Promise<void>) => {
    try {
      await work()
    } finally {
      refresh(...readsOf(recordingId, sessionId))
    }
  }, 'in turn')

  const revoke = async (id: string, undone: Undone): Promise<void> => {
    const body = { author: author() }
    await ask('POST /api/recordings/{id}/edits/{editId}/revoke', { path: { ...path, editId: id }, body })
    setStack((last) => afterUndo(last, id, undone))
    say(words().undone)
  }

  const undoable = nextUndo(history, stack)
  const redoable = nextRedo(stack)
  return {
    history,
    problem: task.problem,
    isRunning: task.isRunning,
    make: (edit: Edit, reason: string | null = null) =>
      task.run(async () => {
        const { id } = await add(edit, reason)
        setStack((last) => afterEdit(last, id))
        say(words()[`${edit.kind}Done`])
      }),
    /** Takes back one that is in force, whoever has made it. */
    revoke: (id: string, undone: Undone) => task.run(() => revoke(id, undone)),
    /** Takes back the last one of this visit; undefined: there is none. */
    undo: undoable && (() => task.run(() => revoke(undoable.id, undoable))),
    redo:
      redoable &&
      (() =>
        task.run(async () => {
          const { id } = await add(redoable.edit, redoable.reason)
          setStack((last) => afterRedo(last, id))
          say(words().redone)
        })),
  }
}

export type Edits = ReturnType<typeof useEdits>
