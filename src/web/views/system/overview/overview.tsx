/** How the server is, in words: database, plugins, cache; what needs attention stands first. */
import type { Answer } from '../../../api/client.ts'
import { useRead } from '../../../api/use-read.ts'
import { href } from '../../../app/router.ts'
import { may } from '../../../app/viewer.ts'
import { duration } from '../../../language/format.ts'
import { Panels } from '../../../panels/panels.tsx'
import { Badge, type BadgeKind } from '../../../ui/badge.tsx'
import { Busy } from '../../../ui/busy.tsx'
import { Facts } from '../../../ui/facts.tsx'
import { Notice, ProblemNotice } from '../../../ui/notice.tsx'
import { CheckList } from '../cache/check-list.tsx'
import { Reason } from '../plugins/reason.tsx'
import { Room } from '../room/room.tsx'
import { words } from './words.ts'
import './overview.css'

type Health = Answer<'GET /health'>
type Status = Health['status']

const KINDS: Readonly<Record<Status, BadgeKind>> = { ok: 'good', degraded: 'warning', failed: 'bad' }
const NOTICES = { ok: 'good', degraded: 'warning', failed: 'error' } as const

function Troubles({ database, plugins }: Health) {
  const t = words()
  const troubles = [
    ...(database.status === 'ok' ? [] : [{ name: t.database, reason: database.reason }]),
    ...plugins.filter(({ status }) => status !== 'ok'),
  ]
  if (troubles.length === 0) return null
  return (
    <ul>
      {troubles.map(({ name, reason }) => (
        <li key={name}>
          <strong>{name}</strong>
          {reason && (
            <>
              {' – '}
              <Reason reason={reason} />
            </>
          )}
        </li>
      ))}
    </ul>
  )
}

function Parts({ health }: { readonly health: Health }) {
  const t = words()
  const { database, plugins } = health
  // One that works in part is at work: what it lacks is named above.
  const well = plugins.filter(({ status }) => status !== 'failed').length
  const states: Readonly<Record<Status, string>> = {
    ok: t.stateOk,
    degraded: t.stateDegraded,
    failed: t.stateFailed,
  }
  return (
    <div class="system-parts">
      <section class="card" aria-labelledby="part-server">
        <h2 id="part-server">{t.server}</h2>
        <Facts
          facts={[
            { label: t.version, value: health.version },
            { label: t.running, value: duration(1000 * health.uptimeS) },
          ]}
        />
      </section>
      <section class="card" aria-labelledby="part-database">
        <h2 id="part-database">{t.database}</h2>
        <p>
          <Badge kind={KINDS[database.status]}>{states[database.status]}</Badge>
        </p>
        <p class="soft">
          {database.kind === 'embedded' ? t.embedded : t.external},{' '}
          {database.latencyMs === null ? t.noAnswer : t.answersIn(duration(database.latencyMs))}
        </p>
      </section>
      <section class="card" aria-labelledby="part-plugins">
        <h2 id="part-plugins">{t.plugins}</h2>
        <p>
          <Badge kind={well === plugins.length ? 'good' : 'warning'}>
            {well === plugins.length ? t.pluginsOk(well) : t.pluginsSome(well, plugins.length)}
          </Badge>
        </p>
        <p>
          <a href={href('/system/plugins')}>{t.toPlugins}</a>
        </p>
      </section>
    </div>
  )
}

function CacheHealth() {
  const t = words()
  const health = useRead('GET /api/cache/health', {})
  return (
    <section aria-labelledby="system-checks">
      <h2 id="system-checks">{t.cache}</h2>
      {health.problem && <ProblemNotice problem={health.problem} retry={health.reload} />}
      {!health.data && !health.problem && <Busy />}
      {health.data && <CheckList checks={health.data.checks} />}
      <p>
        <a href={href('/system/cache')}>{t.toCache}</a>
      </p>
    </section>
  )
}

export function SystemOverview() {
  const t = words()
  const { data, problem, reload } = useRead('GET /health', {})
  return (
    <Room title={t.title}>
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {!data && !problem && <Busy />}
      {data && (
        <>
          <Notice kind={NOTICES[data.status]} title={t[data.status]}>
            <p>{t[`${data.status}Text`]}</p>
            <Troubles {...data} />
          </Notice>
          <Parts health={data} />
        </>
      )}
      {may('cache:read') && <CacheHealth />}
      <Panels place="system" />
    </Room>
  )
}
