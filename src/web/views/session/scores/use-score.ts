/** The score of a session as it would be computed now. */
import { useEffect, useState } from 'preact/hooks'
import { type Answer, type ApiProblem, ask } from '../../../api/client.ts'
import { useRead } from '../../../api/use-read.ts'
import type { Score } from './parts.ts'
import type { Resolution } from './rules.tsx'

type Session = Answer<'GET /api/sessions/{id}'>

interface Current {
  readonly score: Score | undefined
  readonly resolution: Resolution | undefined
  readonly problem: ApiProblem | undefined
  readonly reload: () => Promise<unknown>
}

/** Of a session without an analysis: what people entered, by the rules that hold for it. */
function useWithoutAnalysis(session: Session | null, resolution: Resolution | undefined) {
  const [state, set] = useState<{ score?: Score; problem?: ApiProblem }>({})
  const [turn, again] = useState(0)
  const rules = resolution?.configuration
  useEffect(() => {
    if (!session || !rules) return
    const controller = new AbortController()
    const { rpe, bfr, game } = session
    const configuration = { configurationId: rules.id, version: rules.version }
    ask('POST /api/scoring/scores', {
      body: { muscles: [], bfr, rpe, game, configuration },
      signal: controller.signal,
    }).then(
      ({ data }) => set({ score: data }),
      (problem: ApiProblem) => {
        if (!controller.signal.aborted) set({ problem })
      },
    )
    return () => controller.abort()
  }, [session?.id, session?.version, rules?.id, rules?.version, turn])
  return { ...state, reload: async () => again((n) => n + 1) }
}

/** @param session undefined: it is not there yet */
export function useCurrentScore(session: Session | undefined): Current {
  // What has failed is not asked for: whoever looks would have it tried again.
  const hasAnalysis = session !== undefined && session.recordingId !== null && session.status !== 'failed'
  const resolution = useRead(
    'GET /api/scoring/resolve',
    session === undefined ? null : { query: { session: session.id } },
  )
  const analysis = useRead(
    'GET /api/sessions/{id}/analysis',
    hasAnalysis ? { path: { id: session.id } } : null,
  )
  const bare = useWithoutAnalysis(session && !hasAnalysis ? session : null, resolution.data)
  if (!hasAnalysis) {
    const { score, problem = resolution.problem } = bare
    return { score, resolution: resolution.data, problem, reload: bare.reload }
  }
  return {
    // The part is absent where the plugin that scores is quarantined.
    score: analysis.data?.scores as Score | undefined,
    resolution: resolution.data,
    problem: analysis.problem ?? resolution.problem,
    reload: () => Promise.all([analysis.reload(), resolution.reload()]),
  }
}
