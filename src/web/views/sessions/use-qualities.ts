/** The quality of many sessions, asked for together, and again where a session has changed. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { ApiProblem, ask } from '../../api/client.ts'
import type { Session } from '../../api/shapes.ts'
import { may } from '../../app/viewer.ts'
import type { QualityCounts } from '../../ui/quality.ts'

/** Of one request: addresses are of limited length. */
const AT_ONCE = 100

/** null: no analysis is kept; `unread`: it could not be asked for. */
type Quality = QualityCounts | null | 'unread'

/** A session that was analysed anew is of another version. */
const keyOf = ({ id, version }: Session): string => `${id} ${version}`

/** @returns undefined as long as nobody knows */
export function useQualities(
  sessions: readonly Session[] | undefined,
): (session: Session) => Quality | undefined {
  const [known, know] = useState<ReadonlyMap<string, Quality>>(new Map())
  const isGone = useRef(false)
  useEffect(
    () => () => {
      isGone.current = true
    },
    [],
  )
  const missing = (sessions ?? []).filter(
    (session) => session.status === 'completed' && !known.has(keyOf(session)),
  )
  const asked = missing.slice(0, AT_ONCE)
  const wanted = asked.map(keyOf).join()
  useEffect(() => {
    if (wanted === '' || !may('analytics:read')) return
    const take = (found: (session: Session) => Quality): void => {
      if (isGone.current) return
      know((before) => new Map([...before, ...asked.map((each) => [keyOf(each), found(each)] as const)]))
    }
    ask('GET /api/analytics/quality', { query: { sessionIds: asked.map(({ id }) => id).join() } }).then(
      ({ data }) => {
        const byId = new Map(data.items.map((item) => [item.sessionId, item]))
        take(({ id }) => byId.get(id) ?? null)
      },
      (error: unknown) => {
        if (!(error instanceof ApiProblem)) throw error
        take(() => 'unread')
      },
    )
  }, [wanted])
  return (session) => known.get(keyOf(session))
}
