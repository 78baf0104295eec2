/** What has to be looked at today, as far as one may see it. */
import type { ComponentChildren } from 'preact'
import { useMemo } from 'preact/hooks'
import type { Answer } from '../../api/client.ts'
import type { Session } from '../../api/shapes.ts'
import { useEvery } from '../../api/use-every.ts'
import { type Read, useRead } from '../../api/use-read.ts'
import { may } from '../../app/viewer.ts'
import { dateTime, longDate } from '../../language/format.ts'
import { Busy } from '../../ui/busy.tsx'
import { Icon } from '../../ui/icon.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { isRecent, mattersOf } from './attention.ts'
import { Behind } from './behind.tsx'
import { Latest } from './latest.tsx'
import { Matters } from './matters.tsx'
import { ServerCard, ServerNotice } from './server.tsx'
import { Today } from './today.tsx'
import { UnderWay } from './under-way.tsx'
import { words } from './words.ts'
import './overview.css'

const EVERY_MS = 20_000
const RECENT = '50'
const SHOWN_BESIDES = 8

const LOOKED_AFTER = ['cache:read', 'jobs:manage']

interface SectionProperties {
  readonly id: string
  readonly title: string
  readonly children: ComponentChildren
}

const Section = ({ id, title, children }: SectionProperties) => (
  <section class="card overview-section" aria-labelledby={`overview-${id}`}>
    <h2 id={`overview-${id}`}>{title}</h2>
    {children}
  </section>
)

/** What is read, once it is there; until then that it is on its way, or why it is not. */
function Known<T>({
  read,
  children,
}: {
  readonly read: Read<T>
  readonly children: (data: T) => ComponentChildren
}) {
  if (read.data !== undefined) return <>{children(read.data)}</>
  return read.problem ? <ProblemNotice problem={read.problem} retry={read.reload} /> : <Busy />
}

type Sessions = Answer<'GET /api/sessions'>
type Quality = Answer<'GET /api/analytics/quality'>

/** The quality of sessions that are worth a look: those shown, and those of the last days. */
function useQuality(sessions: readonly Session[] | undefined): Read<Quality> {
  const ids = useMemo(() => {
    const now = Date.now()
    return (sessions ?? []).filter((each, i) => i < SHOWN_BESIDES || isRecent(each, now)).map(({ id }) => id)
  }, [sessions])
  return useRead(
    'GET /api/analytics/quality',
    ids.length > 0 ? { query: { sessionIds: ids.join(',') } } : null,
  )
}

interface ToLookAtProperties {
  readonly failed: Read<Sessions>
  readonly recent: Read<Sessions>
  /** null: not for this viewer. */
  readonly quality: Read<Quality> | null
}

/** Nothing is said to be well before all of it has been looked at. */
function ToLookAt({ failed, recent, quality }: ToLookAtProperties) {
  const isJudged = quality !== null && recent.data?.items.length !== 0
  return (
    <Known read={failed}>
      {({ items, nextCursor }) => (
        <Known read={recent}>
          {({ items: sessions }) => {
            const matters = (verdicts: Quality['items']): ComponentChildren => (
              <Matters
                matters={mattersOf(items, sessions, verdicts)}
                hasMoreFailed={nextCursor !== null}
                hasSessions={sessions.length > 0}
                isJudged={isJudged}
              />
            )
            return isJudged ? <Known read={quality}>{(data) => matters(data.items)}</Known> : matters([])
          }}
        </Known>
      )}
    </Known>
  )
}

export function Overview() {
  const t = words()
  const seesSessions = may('sessions:read')
  const seesAnalytics = may('analytics:read')
  const looksAfter = LOOKED_AFTER.some(may)
  const daily = useRead('GET /api/analytics/daily', seesAnalytics ? {} : null)
  const recent = useRead('GET /api/sessions', seesSessions ? { query: { limit: RECENT } } : null)
  const failed = useRead(
    'GET /api/sessions',
    seesSessions ? { query: { status: 'failed', limit: '6' } } : null,
  )
  const quality = useQuality(seesAnalytics ? recent.data?.items : undefined)
  useEvery(EVERY_MS, () => {
    for (const { reload } of [daily, recent, failed, quality]) void reload()
  })
  const [day] = daily.data?.items ?? []
  const [last] = recent.data?.items ?? []
  const verdicts = quality.data?.items ?? []
  return (
    <Page
      title={t.title}
      subtitle={<span>{longDate(day?.from ?? new Date().toISOString(), day?.timeZone)}</span>}
      actions={
        (may('intake:write') || may('recordings:write')) && (
          <a class="button primary" href="#/upload">
            <Icon name="upload" />
            {t.upload}
          </a>
        )
      }
    >
      {!looksAfter && <ServerNotice />}
      <div class="overview">
        {seesAnalytics && (
          <section class="overview-today" aria-labelledby="overview-today">
            <h2 id="overview-today" class="hidden-text">
              {t.today}
            </h2>
            <Known read={daily}>
              {({ items: [today] }) => today && <Today day={today} last={last && dateTime(last.startedAt)} />}
            </Known>
          </section>
        )}
        <div class="stack">
          {seesSessions && (
            <>
              <Section id="matters" title={t.attention}>
                <ToLookAt failed={failed} recent={recent} quality={seesAnalytics ? quality : null} />
              </Section>
              <Section id="latest" title={t.latest}>
                <Known read={recent}>{({ items }) => <Latest sessions={items} quality={verdicts} />}</Known>
              </Section>
            </>
          )}
        </div>
        <div class="stack">
          {seesAnalytics && (
            <Section id="behind" title={t.behind}>
              <Known read={daily}>
                {({ items: [today] }) => today && <Behind patients={today.patients.behind} />}
              </Known>
            </Section>
          )}
          {may('jobs:read') && (
            <Section id="jobs" title={t.jobs}>
              <UnderWay />
            </Section>
          )}
          {looksAfter && (
            <Section id="server" title={t.server}>
              <ServerCard />
            </Section>
          )}
        </div>
      </div>
    </Page>
  )
}
