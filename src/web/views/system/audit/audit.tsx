/** The audit log: entries by filters, the chain verified, exports. */
import { useState } from 'preact/hooks'
import { urlOf } from '../../../api/client.ts'
import { usePages } from '../../../api/use-pages.ts'
import { go, href, path, query } from '../../../app/router.ts'
import { Empty } from '../../../ui/empty.tsx'
import { SelectField, TextField } from '../../../ui/field.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Listing } from '../../../ui/listing.tsx'
import { Room } from '../room/room.tsx'
import { Entries } from './entries.tsx'
import { asked, FILTERS, type Filter, faultsIn, filterIn, OUTCOMES } from './filter.ts'
import { Verify } from './verify.tsx'
import { words } from './words.ts'
import './audit.css'

/** Entries read at once. */
const PAGE = '25'

/** What stands in the address is what is shown; the form is another one until it is sent. */
function FilterForm({ filter }: { readonly filter: Filter }) {
  const t = words()
  const [draft, set] = useState(filter)
  const faults = faultsIn(draft)
  const send = (event: Event) => {
    event.preventDefault()
    if (Object.keys(faults).length > 0) return
    go(href(path.value, Object.fromEntries(FILTERS.map((name) => [name, draft[name] || null]))))
  }
  const errors: Readonly<Partial<Record<keyof Filter, string>>> = {
    ...(faults.record && { record: t.recordWrong }),
    ...(faults.from && { from: t.fromWrong }),
    ...(faults.to && { to: t.toWrong }),
  }
  const field = (name: 'actor' | 'action' | 'record' | 'from' | 'to') => ({
    label: t[name],
    value: draft[name],
    error: errors[name],
    maxLength: 141,
    autocomplete: 'off',
    onInput: ({ currentTarget }: { currentTarget: HTMLInputElement }) =>
      set({ ...draft, [name]: currentTarget.value }),
  })
  return (
    <form class="fields audit-filter" aria-label={t.filters} onSubmit={send}>
      <TextField {...field('actor')} hint={t.actorHint} />
      <TextField {...field('action')} hint={t.actionHint} />
      <TextField {...field('record')} hint={t.recordHint} />
      <SelectField
        label={t.outcome}
        value={draft.outcome}
        options={[
          { value: '', label: t.anyOutcome },
          ...OUTCOMES.map((value) => ({ value, label: t[value] })),
        ]}
        onChange={({ currentTarget }) => set({ ...draft, outcome: currentTarget.value })}
      />
      <TextField {...field('from')} type="datetime-local" />
      <TextField {...field('to')} type="datetime-local" />
      <p class="row beside-fields">
        <button type="submit" class="primary">
          {t.apply}
        </button>
        <a class="button" href={href(path.value)}>
          {t.clear}
        </a>
      </p>
    </form>
  )
}

function Exports({ filter }: { readonly filter: Filter }) {
  const t = words()
  const address = (format: 'ndjson' | 'csv') =>
    urlOf('GET /api/audit/export', { query: { ...asked(filter), format } })
  return (
    <>
      <a class="button" href={address('csv')} download="audit.csv">
        <Icon name="download" />
        {t.exportCsv}
      </a>
      <a class="button" href={address('ndjson')} download="audit.ndjson">
        <Icon name="download" />
        {t.exportNdjson}
      </a>
    </>
  )
}

export function AuditRoom() {
  const t = words()
  const filter = filterIn(query.value)
  const pages = usePages('GET /api/audit', { query: { ...asked(filter), limit: PAGE } })
  return (
    <Room title={t.title} subtitle={t.intro} actions={<Exports filter={filter} />}>
      <Verify />
      <FilterForm key={JSON.stringify(filter)} filter={filter} />
      <Listing pages={pages} empty={<Empty title={t.none} text={t.noneText} />}>
        {(items) => <Entries entries={items} filter={filter} />}
      </Listing>
    </Room>
  )
}
