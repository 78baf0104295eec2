/** An analysis with other parameters, while somebody changes them: nothing of it is stored. */
import { useEffect, useState } from 'preact/hooks'
import { type ApiProblem, ask } from '../../../api/client.ts'
import type { Analysis } from '../../../api/shapes.ts'
import type { AnalysisRequest } from './changes.ts'

export interface Recalculation {
  /** The last answer there was to these or earlier changes; undefined before the first, and without changes. */
  readonly analysis: Analysis | undefined
  /** Whether `analysis` is not that of the latest changes yet. */
  readonly isRunning: boolean
  readonly problem: ApiProblem | undefined
}

/** Somebody may type on. */
const PAUSE_MS = 250

const IDLE: Recalculation = { analysis: undefined, isRunning: false, problem: undefined }

/**
 * @param request null: nothing was changed
 * @param stored what is asked again when it changes, since edits and MVC values are part of both
 */
export function useRecalculation(
  recordingId: string,
  request: AnalysisRequest | null,
  stored: Analysis,
): Recalculation {
  const [state, set] = useState<Recalculation>(IDLE)
  const asked = request === null ? null : JSON.stringify(request)
  useEffect(() => {
    if (asked === null) {
      set(IDLE)
      return
    }
    const stale = new AbortController()
    set((last) => ({ ...last, isRunning: true }))
    const timer = setTimeout(() => {
      const body = JSON.parse(asked) as AnalysisRequest
      ask('POST /api/recordings/{id}/analysis', {
        path: { id: recordingId },
        body,
        signal: stale.signal,
      }).then(
        ({ data }) => set({ analysis: data, isRunning: false, problem: undefined }),
        (problem: ApiProblem) => {
          if (!stale.signal.aborted) set({ analysis: undefined, isRunning: false, problem })
        },
      )
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      stale.abort()
    }
  }, [recordingId, asked, stored])
  // The changes are undone in this very moment: what was calculated with them is shown no longer.
  return asked === null ? IDLE : state
}
