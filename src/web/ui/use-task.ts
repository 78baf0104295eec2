/** Something that a button does: at most once at a time, with its failure. */
import { useState } from 'preact/hooks'
import type { ApiProblem } from '../api/client.ts'

/** What {@link useTask} gives. */
export interface Task<A extends readonly unknown[]> {
  readonly run: (...args: A) => Promise<void>
  readonly isRunning: boolean
  /** Of the last run. */
  readonly problem: ApiProblem | undefined
  readonly clear: () => void
}

/**
 * @example
 * const save = useTask(async () => { await ask('PATCH …'); refresh('/api/sessions'); say(t.saved) })
 * <button type="button" disabled={save.isRunning} onClick={() => void save.run()}>
 */
export function useTask<A extends readonly unknown[]>(work: (...args: A) => Promise<void>): Task<A> {
  const [state, set] = useState<{ isRunning: boolean; problem: ApiProblem | undefined }>({
    isRunning: false,
    problem: undefined,
  })
  return {
    ...state,
    async run(...args) {
      if (state.isRunning) return
      set({ isRunning: true, problem: undefined })
      try {
        await work(...args)
        set({ isRunning: false, problem: undefined })
      } catch (error) {
        set({ isRunning: false, problem: error as ApiProblem })
      }
    },
    clear: () => set({ isRunning: false, problem: undefined }),
  }
}
