/** Two sessions of a patient out of the trend, which comes in pages from the newest back. */
import { useEffect, useState } from 'preact/hooks'
import { type ApiProblem, ask } from '../../api/client.ts'
import type { TrendPoint } from '../patient/trend-series.ts'

export type Points =
  | { readonly kind: 'reading' }
  | { readonly kind: 'failed'; readonly problem: ApiProblem }
  | { readonly kind: 'missing' }
  | { readonly kind: 'found'; readonly a: TrendPoint; readonly b: TrendPoint }

async function find(code: string, a: string, b: string, signal: AbortSignal): Promise<Points> {
  const points = new Map<string, TrendPoint>()
  for (let cursor: string | undefined; ; ) {
    const { data } = await ask('GET /api/patients/{code}/trends', {
      path: { code },
      query: { cursor },
      signal,
    })
    for (const point of data.sessions) points.set(point.sessionId, point)
    const [first, second] = [points.get(a), points.get(b)]
    if (first && second) return { kind: 'found', a: first, b: second }
    if (data.nextCursor === null) return { kind: 'missing' }
    cursor = data.nextCursor
  }
}

export function usePoints(code: string, a: string, b: string): { points: Points; reload: () => void } {
  const [points, set] = useState<Points>({ kind: 'reading' })
  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    const stop = new AbortController()
    set({ kind: 'reading' })
    find(code, a, b, stop.signal)
      .then(set)
      .catch((problem: ApiProblem) => {
        if (!stop.signal.aborted) set({ kind: 'failed', problem })
      })
    return () => stop.abort()
  }, [code, a, b, attempt])
  return { points, reload: () => setAttempt(attempt + 1) }
}
