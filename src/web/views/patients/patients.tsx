/** All patients that one may see: found by code, therapist or record number, in the order one likes. */
import { useState } from 'preact/hooks'
import type { Answer, Query } from '../../api/client.ts'
import { type Pages, usePages } from '../../api/use-pages.ts'
import { go, href, query } from '../../app/router.ts'
import { may, viewer } from '../../app/viewer.ts'
import { calendarDay, date } from '../../language/format.ts'
import { Busy } from '../../ui/busy.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Icon } from '../../ui/icon.tsx'
import { MoreButton } from '../../ui/more-button.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { NewPatientDialog } from './new-patient-dialog.tsx'
import { Search } from './search.tsx'
import { words } from './words.ts'
import './patients.css'

export type Patient = Answer<'GET /api/patients'>['items'][number]
type Sort = NonNullable<Query<'GET /api/patients'>['sort']>

const SORTS: readonly Sort[] = ['-createdAt', 'createdAt', 'code', '-code']

/** What the address asks for; anything else is the newest first. */
const asked = (): { sort: Sort; search: string | undefined } => ({
  sort: SORTS.find((sort) => sort === query.value.get('sort')) ?? '-createdAt',
  search: query.value.get('q') || undefined,
})

function Row({ patient }: { readonly patient: Patient }) {
  const t = words()
  const { code, therapist, treatmentStart, targets, createdAt, withheld } = patient
  return (
    <tr>
      <th scope="row">
        <a href={href(`/patients/${code}`)}>{code}</a>
      </th>
      <td>
        {withheld?.includes('therapist') ? (
          <span class="soft">{t.withheld}</span>
        ) : (
          (therapist ?? <span class="soft">{t.notStated}</span>)
        )}
      </td>
      <td>{treatmentStart ? calendarDay(treatmentStart) : <span class="soft">{t.notStated}</span>}</td>
      <td>{targets.length > 0 ? t.targetCount(targets.length) : <span class="soft">{t.noTargets}</span>}</td>
      <td>{date(createdAt)}</td>
      <td class="patients-ways not-printed">
        {may('sessions:read') && (
          <a href={href('/sessions', { patient: code })} aria-label={t.sessionsOf(code)}>
            {t.sessions}
          </a>
        )}
        {may('intake:write') && (
          <a href={href('/upload', { patient: code })} aria-label={t.uploadFor(code)}>
            {t.upload}
          </a>
        )}
      </td>
    </tr>
  )
}

function List({ pages }: { readonly pages: Pages<Patient> & { readonly items: readonly Patient[] } }) {
  const t = words()
  return (
    <>
      <Table
        caption={t.caption}
        class="patients-table"
        columns={[
          t.code,
          t.therapist,
          t.treatmentStart,
          t.targets,
          t.entered,
          <td key="ways" class="not-printed" />,
        ]}
      >
        {pages.items.map((patient) => (
          <Row key={patient.id} patient={patient} />
        ))}
      </Table>
      <MoreButton pages={pages} />
    </>
  )
}

/** Why nobody is there, and what to do. */
function Nobody({ isSearched, enter }: { readonly isSearched: boolean; readonly enter: () => void }) {
  const t = words()
  if (isSearched) {
    return (
      <Empty title={t.nobody}>
        <p>{viewer.value?.pseudonymous ? t.nobodyPlain : t.nobodyWhat}</p>
      </Empty>
    )
  }
  if (!may('patients:write')) {
    return (
      <Empty title={t.none}>
        <p>{t.noneRead}</p>
      </Empty>
    )
  }
  return (
    <Empty title={t.none}>
      <p>{viewer.value?.patients === 'own' ? t.noneOwn : t.noneWhat}</p>
      <button type="button" class="primary" onClick={enter}>
        {t.enter}
      </button>
    </Empty>
  )
}

export function Patients() {
  const t = words()
  const [isEntering, setEntering] = useState(false)
  /** Not in the address: nobody’s number is left behind in the history of a browser. */
  const [recordNumber, setRecordNumber] = useState<string | undefined>()
  const { sort, search } = asked()
  const pages = usePages('GET /api/patients', { query: { sort, search, recordNumber, limit: '50' } })
  const { items, problem } = pages
  const isSearched = search !== undefined || recordNumber !== undefined
  return (
    <Page
      title={t.title}
      actions={
        may('patients:write') && (
          <button type="button" class="primary" onClick={() => setEntering(true)}>
            <Icon name="plus" />
            {t.enter}
          </button>
        )
      }
    >
      {(isSearched || items === undefined || items.length > 0) && (
        <Search sort={sort} search={search} onRecordNumber={setRecordNumber} />
      )}
      {problem && <ProblemNotice problem={problem} retry={pages.reload} />}
      {!items && !problem && <Busy />}
      {items && items.length === 0 && <Nobody isSearched={isSearched} enter={() => setEntering(true)} />}
      {items && items.length > 0 && <List pages={{ ...pages, items }} />}
      {isEntering && (
        <NewPatientDialog
          onEntered={(code) => go(href(`/patients/${code}`))}
          onClose={() => setEntering(false)}
        />
      )}
    </Page>
  )
}
