/** Something that a button does: one at a time, with its failure. */
import { useRef, useState } from 'preact/hooks'
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
 * @param when it is run while it runs: `once` leaves it at that, as for a button that is pressed twice; `in turn` runs it
 *   again after that, as for changes of which none may be lost
 * @example
 * const save = useTask(async () => { await ask('PATCH …'); refresh('/api/sessions'); say(t.saved) })
 * <button type="button" disabled={save.isRunning} onClick={() => void save.run()}>
 */
export function useTask<A extends readonly unknown[]>(
  work: (...args: A) => Promise<void>,
  when: 'once' | 'in turn' = 'once',
): Task<A> {
  const last = useRef<Promise<void> | null>(null)
  const [state, set] = useState<{ isRunning: boolean; problem: ApiProblem | undefined }>({
    isRunning: false,
    problem: undefined,
  })
  const runAfter = async (former: Promise<void> | null, args: A): Promise<void> => {
    await former
    set({ isRunning: true, problem: undefined })
    try {
      await work(...args)
      set({ isRunning: false, problem: undefined })
    } catch (error) {
      set({ isRunning: false, problem: error as ApiProblem })
    }
  }
  return {
    ...state,
    async run(...args) {
      if (last.current && when === 'once') return
      const own = runAfter(last.current, args)
      last.current = own
      await own
      if (last.current === own) last.current = null
    },
    clear: () => set({ isRunning: false, problem: undefined }),
  }
}
