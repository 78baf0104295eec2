/** Patients, sessions and recordings by what one knows of them. */
import type { FunctionComponent } from 'preact'
import type { Read } from '../../api/use-read.ts'
import { query } from '../../app/router.ts'
import { may, viewer } from '../../app/viewer.ts'
import { date } from '../../language/format.ts'
import { Busy } from '../../ui/busy.tsx'
import { Empty } from '../../ui/empty.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { type Asked, askedFor } from './asked.ts'
import { useFound } from './found.ts'
import { PatientResults, RecordingResults, SessionResults } from './results.tsx'
import { words } from './words.ts'
import './search.css'

function Help() {
  const t = words()
  const isPseudonymous = viewer.value?.pseudonymous ?? true
  return (
    <Empty title={t.nothingAsked} text={t.help}>
      <ul class="search-help">
        <li>{t.helpCode}</li>
        {may('patients:identify') && !isPseudonymous && <li>{t.helpRecordNumber}</li>}
        {!isPseudonymous && <li>{t.helpTherapist}</li>}
        <li>{t.helpDay}</li>
        {!isPseudonymous && <li>{t.helpFile}</li>}
      </ul>
    </Empty>
  )
}

interface ListedProperties<T> {
  readonly read: Read<{ readonly items: readonly T[]; readonly nextCursor: string | null }>
  readonly title: string
  readonly as: FunctionComponent<{
    readonly title: string
    readonly items: readonly T[]
    readonly hasMore: boolean
  }>
}

/** What was found of one kind; nothing where there is none. */
function Listed<T>({ read: { data }, title, as: List }: ListedProperties<T>) {
  if (!data || data.items.length === 0) return null
  return <List title={title} items={data.items} hasMore={data.nextCursor !== null} />
}

function Results({ asked }: { readonly asked: Asked }) {
  const t = words()
  const found = useFound(asked)
  const reads = Object.values(found)
  const [failed] = reads.filter(({ problem }) => problem)
  const isBusy = reads.some(({ isLoading, data }) => isLoading && !data)
  const { patients, byRecordNumber, sessions, recordings } = found
  const count = reads.reduce((sum, { data }) => sum + (data?.items.length ?? 0), 0)
  const sessionsTitle = asked.day ? t.sessionsOfDay(date(asked.day.from)) : t.sessions
  return (
    <>
      {failed?.problem && <ProblemNotice problem={failed.problem} retry={failed.reload} />}
      <Listed read={byRecordNumber} title={t.byRecordNumber(asked.text)} as={PatientResults} />
      <Listed read={patients} title={t.patients} as={PatientResults} />
      <Listed read={sessions} title={sessionsTitle} as={SessionResults} />
      <Listed read={recordings} title={t.recordings} as={RecordingResults} />
      <p class="hidden-text" role="status">
        {!isBusy && count > 0 && t.found(count)}
      </p>
      {isBusy && <Busy label={t.lookedFor} />}
      {!isBusy && !failed && count === 0 && <Empty title={t.nothing(asked.text)} text={t.nothingHint} />}
    </>
  )
}

export function Search() {
  const t = words()
  const asked = askedFor(query.value.get('q') ?? '')
  return (
    <Page title={asked ? t.titleOf(asked.text) : t.title}>
      {asked ? <Results asked={asked} /> : <Help />}
    </Page>
  )
}
