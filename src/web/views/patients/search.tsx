/** How patients are looked for, and in which order they stand; all of it in the address. */
import { useEffect, useState } from 'preact/hooks'
import { go, href } from '../../app/router.ts'
import { may, viewer } from '../../app/viewer.ts'
import { SelectField, TextField } from '../../ui/field.tsx'
import { useSettled } from '../../ui/use-settled.ts'
import { words } from './words.ts'

interface Properties {
  readonly sort: string
  readonly search: string | undefined
  /** Undefined: any. */
  readonly onRecordNumber: (recordNumber: string | undefined) => void
}

export function Search({ sort, search, onRecordNumber }: Properties) {
  const t = words()
  const [typed, type] = useState(search ?? '')
  const settled = useSettled(typed)
  const [number, typeNumber] = useState('')
  useEffect(() => type(search ?? ''), [search])

  const show = (change: { sort?: string; q?: string }): void => {
    const { sort: order, q } = { sort, q: search, ...change }
    go(href('/patients', { q: q?.trim() || null, sort: order === '-createdAt' ? null : order }), 'replace')
  }
  const find = (text: string): void => onRecordNumber(text.trim() || undefined)

  useEffect(() => {
    if (settled.trim() !== (search ?? '')) show({ q: settled })
  }, [settled])

  return (
    <search class="patients-search not-printed">
      <TextField
        type="search"
        label={t.search}
        hint={viewer.value?.pseudonymous ? t.searchPseudonymous : t.searchHint}
        value={typed}
        maxLength={100}
        autocomplete="off"
        onInput={({ currentTarget }) => type(currentTarget.value)}
      />
      {may('patients:identify') && !viewer.value?.pseudonymous && (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            find(number)
          }}
        >
          <TextField
            type="search"
            label={t.recordNumber}
            hint={t.recordNumberHint}
            value={number}
            maxLength={64}
            autocomplete="off"
            onInput={({ currentTarget }) => typeNumber(currentTarget.value)}
            onChange={({ currentTarget }) => find(currentTarget.value)}
          />
        </form>
      )}
      <SelectField
        label={t.sort}
        value={sort}
        options={[
          { value: '-createdAt', label: t.newest },
          { value: 'createdAt', label: t.oldest },
          { value: 'code', label: t.byCode },
          { value: '-code', label: t.byCodeDown },
        ]}
        onChange={({ currentTarget }) => show({ sort: currentTarget.value })}
      />
    </search>
  )
}
