/** All sessions that one may see, by status, patient and day; those in analysis are followed. */
import type { Session } from '../../api/shapes.ts'
import { useEvery } from '../../api/use-every.ts'
import { type Pages, usePages } from '../../api/use-pages.ts'
import { href, query } from '../../app/router.ts'
import { may } from '../../app/viewer.ts'
import { Empty } from '../../ui/empty.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Listing } from '../../ui/listing.tsx'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { FilterForm } from './filter-form.tsx'
import { filtersOf, isChanging, isFiltered, isReversed, queryOf } from './filters.ts'
import { SessionRow } from './session-row.tsx'
import { useQualities } from './use-qualities.ts'
import { words } from './words.ts'
import './sessions.css'

/** Between two looks: at what is under way, and at what may come. */
const SOON_MS = 3000
const CALM_MS = 30_000

function List({ sessions }: { readonly sessions: readonly Session[] }) {
  const t = words()
  const qualityOf = useQualities(sessions)
  return (
    <Table
      caption={t.caption}
      class="records"
      columns={[t.started, t.patient, t.status, may('analytics:read') && t.signals, t.effort]}
    >
      {sessions.map((session) => (
        <SessionRow key={session.id} session={session} quality={qualityOf(session)} />
      ))}
    </Table>
  )
}

function None({ isNarrow }: { readonly isNarrow: boolean }) {
  const t = words()
  if (isNarrow) {
    return (
      <Empty title={t.nothing} text={t.nothingWhat}>
        <a class="button" href={href('/sessions')}>
          {t.all}
        </a>
      </Empty>
    )
  }
  return (
    <Empty title={t.none} text={may('intake:write') ? t.noneWhat : t.noneRead}>
      {may('intake:write') && (
        <a class="button primary" href={href('/upload')}>
          {t.upload}
        </a>
      )}
    </Empty>
  )
}

/** Reads again what is shown: often while an analysis is under way, now and then otherwise. */
function useFresh({ items, isLoading, reload }: Pages<Session>): boolean {
  const isLive = items?.some(isChanging) ?? false
  useEvery(isLive ? SOON_MS : CALM_MS, () => {
    if (!isLoading) void reload()
  })
  return isLive
}

export function Sessions() {
  const t = words()
  const filters = filtersOf(query.value)
  const isBackwards = isReversed(filters)
  const pages = usePages('GET /api/sessions', isBackwards ? null : { query: queryOf(filters) })
  const isLive = useFresh(pages)
  const isNarrow = isFiltered(filters)
  return (
    <Page
      title={t.title}
      actions={
        <>
          {may('recordings:read') && (
            <a class="button" href={href('/recordings')}>
              {t.recordings}
            </a>
          )}
          {may('intake:write') && (
            <a class="button primary" href={href('/upload', { patient: filters.patient || null })}>
              <Icon name="upload" />
              {t.upload}
            </a>
          )}
        </>
      }
    >
      {(isNarrow || pages.items?.length !== 0) && <FilterForm filters={filters} />}
      {!isBackwards && (
        <Listing pages={pages} empty={<None isNarrow={isNarrow} />}>
          {(sessions) => (
            <>
              <List sessions={sessions} />
              {isLive && <p class="soft">{t.live}</p>}
            </>
          )}
        </Listing>
      )}
    </Page>
  )
}
