/** The cache as it is this moment, what is kept in it, and what may be done with it. */
import { useRef, useState } from 'preact/hooks'
import type { Answer } from '../../../api/client.ts'
import { useRead } from '../../../api/use-read.ts'
import { go, here, query } from '../../../app/router.ts'
import { may } from '../../../app/viewer.ts'
import { clock, fixed } from '../../../language/format.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Busy } from '../../../ui/busy.tsx'
import { SelectField } from '../../../ui/field.tsx'
import { Notice, ProblemNotice } from '../../../ui/notice.tsx'
import { type Tab, Tabs } from '../../../ui/tabs.tsx'
import { Room } from '../room/room.tsx'
import { Benchmark } from './benchmark.tsx'
import { CheckList } from './check-list.tsx'
import { CacheHistory } from './history.tsx'
import { ConfirmInvalidation, InvalidateForm, InvalidationOutcome, type Target } from './invalidate.tsx'
import { Keys } from './keys.tsx'
import { NamespaceTable } from './namespace-table.tsx'
import { namespaceRows } from './namespaces.ts'
import { operateWords } from './operate-words.ts'
import { Tiers } from './tiers.tsx'
import { Tiles } from './tiles.tsx'
import { type Live, useLive } from './use-live.ts'
import { Warm } from './warm.tsx'
import { words } from './words.ts'
import './cache.css'

type Stats = Answer<'GET /api/cache/stats'>

const setQuery = (changes: Readonly<Record<string, string | null>>): void => go(here(changes), 'replace')

/** Whether figures are live, and how the cache is. */
function State({ live }: { readonly live: Live }) {
  const t = words()
  const { latest, state } = live
  if (!latest) return <span>{state === 'ended' ? t.streamEnded : t.connecting}</span>
  const kind = { ok: 'good', warning: 'warning', degraded: 'bad' } as const
  const text = { ok: t.statusOk, warning: t.statusWarning, degraded: t.statusDegraded }
  return (
    <>
      <Badge kind={kind[latest.status]}>{text[latest.status]}</Badge>
      <span>{state === 'live' ? t.isLive(clock(latest.at)) : t.connecting}</span>
    </>
  )
}

function Namespaces({ stats, onAsk }: { readonly stats: Stats; readonly onAsk: (target: Target) => void }) {
  const t = words()
  const opened = useRef(stats)
  // The server has begun to count anew.
  if (opened.current.since !== stats.since) opened.current = stats
  const isSinceHere = query.value.get('over') === 'here'
  const rows = namespaceRows(stats.namespaces, isSinceHere ? opened.current.namespaces : [])
  const idle = rows.filter(({ reads }) => reads === 0).length
  const showsIdle = query.value.get('idle') === '1'
  return (
    <section aria-labelledby="cache-namespaces">
      <h2 id="cache-namespaces">{t.namespaces}</h2>
      <div class="cache-form">
        <SelectField
          label={t.over}
          value={isSinceHere ? 'here' : 'start'}
          options={[
            { value: 'start', label: t.overStart },
            { value: 'here', label: t.overHere },
          ]}
          onChange={({ currentTarget }) => setQuery({ over: currentTarget.value === 'here' ? 'here' : null })}
        />
        <label class="row beside-fields">
          <input
            type="checkbox"
            checked={!showsIdle}
            onChange={({ currentTarget }) => setQuery({ idle: currentTarget.checked ? null : '1' })}
          />
          {t.hideIdle}
        </label>
      </div>
      <NamespaceTable rows={rows} onInvalidate={(value) => onAsk({ kind: 'namespace', value })} />
      {idle > 0 && !showsIdle && <p class="soft">{t.idle(fixed(idle))}</p>}
    </section>
  )
}

function LivePart({ live, onAsk }: { readonly live: Live; readonly onAsk: (target: Target) => void }) {
  const t = words()
  const dashboard = useRead('GET /api/cache/dashboard', {})
  const stats = useRead('GET /api/cache/stats', {})
  const problem = dashboard.problem ?? stats.problem
  const { latest, state, ring, resume } = live
  return (
    <>
      {state === 'ended' && (
        <Notice kind="warning">
          <p>{t.streamEnded}</p>
          <button type="button" onClick={resume}>
            {t.resume}
          </button>
        </Notice>
      )}
      {problem && <ProblemNotice problem={problem} retry={dashboard.reload} />}
      {latest ? <Tiles latest={latest} ring={ring} /> : state !== 'ended' && <Busy label={t.connecting} />}
      {stats.data && <Namespaces stats={stats.data} onAsk={onAsk} />}
      {dashboard.data && (
        <section aria-labelledby="cache-history">
          <h2 id="cache-history">{t.history}</h2>
          <CacheHistory
            history={dashboard.data.history}
            limitBytes={dashboard.data.snapshot.memory.maxBytes}
          />
        </section>
      )}
      {stats.data && (
        <section aria-labelledby="cache-tiers">
          <h2 id="cache-tiers">{t.tiers}</h2>
          <Tiers tiers={stats.data.tiers} />
        </section>
      )}
      {dashboard.data && (
        <section aria-labelledby="cache-checks">
          <h2 id="cache-checks">{t.health}</h2>
          <CheckList checks={dashboard.data.health.checks} />
        </section>
      )}
    </>
  )
}

export function CacheRoom() {
  const t = words()
  const o = operateWords()
  const live = useLive()
  const [target, setTarget] = useState<Target>()
  const [outcome, setOutcome] = useState<Answer<'POST /api/cache/invalidate'>>()
  const mayOperate = may('cache:operate')
  const tabs: readonly [Tab, ...Tab[]] = [
    { id: 'live', label: t.live },
    ...(mayOperate || may('cache:read') ? [{ id: 'entries', label: t.entries }] : []),
    ...(mayOperate ? [{ id: 'operate', label: t.operate }] : []),
  ]
  return (
    <Room title={t.title} subtitle={<State live={live} />}>
      <div class="cache-news" aria-live="polite">
        {outcome && <InvalidationOutcome outcome={outcome} />}
      </div>
      <Tabs label={t.parts} tabs={tabs}>
        {(tab) => (
          <div class="stack">
            {tab === 'live' && <LivePart live={live} onAsk={setTarget} />}
            {tab === 'entries' && mayOperate && (
              <section aria-labelledby="cache-invalidate">
                <h2 id="cache-invalidate">{o.invalidateTitle}</h2>
                <p class="soft">{o.intro}</p>
                <InvalidateForm onAsk={setTarget} />
              </section>
            )}
            {tab === 'entries' && <Keys onAsk={setTarget} />}
            {tab === 'operate' && (
              <>
                <Warm latest={live.latest} />
                <Benchmark />
              </>
            )}
          </div>
        )}
      </Tabs>
      {target && (
        <ConfirmInvalidation target={target} onDone={setOutcome} onClose={() => setTarget(undefined)} />
      )}
    </Room>
  )
}
