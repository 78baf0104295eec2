/** How the server is: whole for those who look after it, and in one sentence for all others when something is wrong. */
import { useRead } from '../../api/use-read.ts'
import { may } from '../../app/viewer.ts'
import { duration, fixed } from '../../language/format.ts'
import { Badge, type BadgeKind } from '../../ui/badge.tsx'
import { Busy } from '../../ui/busy.tsx'
import { type Fact, Facts } from '../../ui/facts.tsx'
import { Notice, ProblemNotice } from '../../ui/notice.tsx'
import { faultsOf } from './faults.ts'
import { words } from './words.ts'

const HEALTH_KINDS: Readonly<Record<'ok' | 'degraded' | 'failed', BadgeKind>> = {
  ok: 'good',
  degraded: 'warning',
  failed: 'bad',
}
const CACHE_KINDS: Readonly<Record<'ok' | 'warning' | 'degraded', BadgeKind>> = {
  ok: 'good',
  warning: 'warning',
  degraded: 'bad',
}

/** Nothing while all is well. */
export function ServerNotice() {
  const t = words()
  const { data } = useRead('GET /health', {})
  if (!data || data.status === 'ok') return null
  return (
    <Notice kind="warning" title={data.status === 'failed' ? t.serverFailed : t.serverIll}>
      <ul>
        {faultsOf(data).map((fault) => (
          <li key={fault}>{fault}</li>
        ))}
      </ul>
      <p>{t.tellAdmin}</p>
    </Notice>
  )
}

function useCacheFact(): Fact | undefined {
  const t = words()
  const { data } = useRead('GET /api/cache/health', may('cache:read') ? {} : null)
  if (!data) return undefined
  const text = { ok: t.cacheOk, warning: t.cacheWarning, degraded: t.cacheDegraded }[data.status]
  return {
    label: t.cache,
    value: (
      <a href="#/system/cache">
        <Badge kind={CACHE_KINDS[data.status]}>{text}</Badge>
      </a>
    ),
  }
}

function useDeadJobsFact(): Fact | undefined {
  const t = words()
  const { data } = useRead('GET /api/jobs/queues', may('jobs:manage') ? {} : null)
  if (!data) return undefined
  const failed = data.items.reduce((sum, queue) => sum + queue.failed, 0)
  return {
    label: t.deadJobs,
    value:
      failed === 0 ? (
        fixed(0)
      ) : (
        <a href="#/system/jobs">
          <Badge kind="bad">{fixed(failed)}</Badge>
        </a>
      ),
  }
}

export function ServerCard() {
  const t = words()
  const { data, problem, reload } = useRead('GET /health', {})
  const own = [useCacheFact(), useDeadJobsFact()].filter((fact) => fact !== undefined)
  if (!data) return problem ? <ProblemNotice problem={problem} retry={reload} /> : <Busy />
  const faults = faultsOf(data)
  return (
    <>
      <p class="row">
        <Badge kind={HEALTH_KINDS[data.status]}>{data.status === 'ok' ? t.ok : t.warning}</Badge>
        <span>{data.status === 'ok' ? t.serverWell : t.serverIll}</span>
      </p>
      {faults.length > 0 && (
        <ul>
          {faults.map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      )}
      <Facts
        facts={[
          ...own,
          { label: t.runningSince, value: duration(data.uptimeS * 1000) },
          { label: t.version, value: data.version },
        ]}
      />
      <p>
        <a href="#/system">{t.toSystem}</a>
      </p>
    </>
  )
}
