/** All patients that one may see: found by code, therapist or record number, in the order one likes. */
import { useState } from 'preact/hooks'
import type { Answer, Query } from '../../api/client.ts'
import { usePages } from '../../api/use-pages.ts'
import { go, href, query } from '../../app/router.ts'
import { may, viewer } from '../../app/viewer.ts'
import { calendarDay, date } from '../../language/format.ts'
import { Empty } from '../../ui/empty.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Listing } from '../../ui/listing.tsx'
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

function List({ patients }: { readonly patients: readonly Patient[] }) {
  const t = words()
  return (
    <Table
      caption={t.caption}
      class="records"
      columns={[
        t.code,
        t.therapist,
        t.treatmentStart,
        t.targets,
        t.entered,
        <td key="ways" class="not-printed" />,
      ]}
    >
      {patients.map((patient) => (
        <Row key={patient.id} patient={patient} />
      ))}
    </Table>
  )
}

/** Why nobody is there, and what to do. */
function Nobody({ isSearched, enter }: { readonly isSearched: boolean; readonly enter: () => void }) {
  const t = words()
  if (isSearched) {
    return <Empty title={t.nobody} text={viewer.value?.pseudonymous ? t.nobodyPlain : t.nobodyWhat} />
  }
  if (!may('patients:write')) {
    return <Empty title={t.none} text={t.noneRead} />
  }
  return (
    <Empty title={t.none} text={viewer.value?.patients === 'own' ? t.noneOwn : t.noneWhat}>
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
      {(isSearched || pages.items?.length !== 0) && (
        <Search sort={sort} search={search} onRecordNumber={setRecordNumber} />
      )}
      <Listing pages={pages} empty={<Nobody isSearched={isSearched} enter={() => setEntering(true)} />}>
        {(patients) => <List patients={patients} />}
      </Listing>
      {isEntering && (
        <NewPatientDialog
          onEntered={(code) => go(href(`/patients/${code}`))}
          onClose={() => setEntering(false)}
        />
      )}
    </Page>
  )
}
