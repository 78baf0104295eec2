/** What the sessions of a patient say together. */
import { useRead } from '../../api/use-read.ts'
import { here, href, query } from '../../app/router.ts'
import { may } from '../../app/viewer.ts'
import { Empty } from '../../ui/empty.tsx'
import { Pending } from '../../ui/pending.tsx'
import { AdherenceNow } from './adherence.tsx'
import { TrendCharts } from './trend-charts.tsx'
import { trendWords } from './trend-words.ts'
import { words } from './words.ts'

export function Trends({ code }: { readonly code: string }) {
  const t = trendWords()
  const cursor = query.value.get('before') ?? undefined
  const trend = useRead('GET /api/patients/{code}/trends', { path: { code }, query: { cursor } })
  if (!trend.data) return <Pending read={trend} />
  const { sessions, nextCursor } = trend.data
  const at = (before: string | null) => here({ before })
  return (
    <div class="stack">
      {may('scoring:read') && <AdherenceNow code={code} />}
      {sessions.length === 0 ? (
        <Empty title={t.nothing} text={may('intake:write') ? t.nothingHint : t.nothingRead}>
          {may('intake:write') && (
            <a class="button primary" href={href('/upload', { patient: code })}>
              {words().upload}
            </a>
          )}
        </Empty>
      ) : (
        <TrendCharts points={sessions} />
      )}
      {(nextCursor !== null || cursor !== undefined) && (
        <nav class="row not-printed" aria-label={t.session}>
          {nextCursor !== null && (
            <a class="button" href={at(nextCursor)}>
              {t.older}
            </a>
          )}
          {cursor !== undefined && (
            <a class="button" href={at(null)}>
              {t.newest}
            </a>
          )}
        </nav>
      )}
    </div>
  )
}
