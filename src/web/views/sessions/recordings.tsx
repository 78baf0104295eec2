/** Recordings as they are stored: those of no session unless all are asked for. */
import { useEffect, useState } from 'preact/hooks'
import type { Answer } from '../../api/client.ts'
import { usePages } from '../../api/use-pages.ts'
import { go, href, query } from '../../app/router.ts'
import { may, viewer } from '../../app/viewer.ts'
import { bytes, dateTime } from '../../language/format.ts'
import { Choice } from '../../ui/choice.tsx'
import { Empty } from '../../ui/empty.tsx'
import { TextField } from '../../ui/field.tsx'
import { Listing } from '../../ui/listing.tsx'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { useSettled } from '../../ui/use-settled.ts'
import { words } from './words.ts'
import './sessions.css'

type Recording = Answer<'GET /api/recordings'>['items'][number]

const show = (isAll: boolean, name: string): void =>
  go(href('/recordings', { of: isAll ? 'all' : null, q: name.trim() || null }), 'replace')

function Filters({ isAll, name }: { readonly isAll: boolean; readonly name: string }) {
  const t = words()
  const [typed, type] = useState(name)
  const settled = useSettled(typed)
  useEffect(() => type(name), [name])
  useEffect(() => {
    if (settled.trim() !== name) show(isAll, settled)
  }, [settled])
  return (
    <search class="recording-filters not-printed" aria-label={t.filters}>
      <Choice
        label={t.which}
        value={isAll ? 'all' : 'nobody'}
        options={[
          { value: 'nobody', label: t.ofNobody },
          { value: 'all', label: t.every },
        ]}
        onChoose={(chosen) => show(chosen === 'all', name)}
      />
      {!viewer.value?.pseudonymous && (
        <TextField
          type="search"
          label={t.find}
          placeholder={t.findHint}
          maxLength={255}
          autocomplete="off"
          value={typed}
          onInput={({ currentTarget }) => type(currentTarget.value)}
        />
      )}
    </search>
  )
}

function List({ recordings }: { readonly recordings: readonly Recording[] }) {
  const t = words()
  return (
    <Table
      caption={t.recordingsTitle}
      class="records"
      columns={[t.file, t.format, { number: t.size }, t.came]}
    >
      {recordings.map(({ id, fileName, format, size, receivedAt }) => (
        <tr key={id}>
          <th scope="row" class="recording-name">
            <a href={href(`/recordings/${id}`)}>{fileName ?? t.fileWithheld}</a>
          </th>
          <td>{format.toUpperCase()}</td>
          <td class="number">{bytes(size)}</td>
          <td>{dateTime(receivedAt)}</td>
        </tr>
      ))}
    </Table>
  )
}

function None({ isAll, name }: { readonly isAll: boolean; readonly name: string }) {
  const t = words()
  if (name !== '') return <Empty title={t.noFile} />
  if (!isAll) {
    return <Empty title={t.noneOfNobody} text={t.noneOfNobodyWhat} />
  }
  return (
    <Empty title={t.noRecordings} text={may('recordings:write') ? t.noRecordingsWhat : t.noRecordingsRead}>
      {may('recordings:write') && (
        <a class="button primary" href={href('/upload')}>
          {t.upload}
        </a>
      )}
    </Empty>
  )
}

export function Recordings() {
  const t = words()
  const isAll = query.value.get('of') === 'all'
  const name = viewer.value?.pseudonymous ? '' : (query.value.get('q') ?? '')
  const pages = usePages('GET /api/recordings', {
    query: { of: isAll ? undefined : 'nobody', fileName: name || undefined, limit: '50' },
  })
  return (
    <Page title={t.recordingsTitle} trail={may('sessions:read') && <a href={href('/sessions')}>{t.title}</a>}>
      <Filters isAll={isAll} name={name} />
      <Listing pages={pages} empty={<None isAll={isAll} name={name} />}>
        {(recordings) => <List recordings={recordings} />}
      </Listing>
    </Page>
  )
}
