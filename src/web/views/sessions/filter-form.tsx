/** The filters of the list of sessions; all of them in the address. */
import { useEffect, useState } from 'preact/hooks'
import { go, href } from '../../app/router.ts'
import { SelectField, TextField } from '../../ui/field.tsx'
import { words as uiWords } from '../../ui/words.ts'
import { type Filters, filtersOf, isFiltered, isReversed, STATUSES, searchOf } from './filters.ts'
import { words } from './words.ts'

const CODE = /^p\d{3,9}$/i

export function FilterForm({ filters }: { readonly filters: Filters }) {
  const t = words()
  const ui = uiWords()
  const [code, type] = useState(filters.patient)
  useEffect(() => type(filters.patient), [filters.patient])
  const set = (change: Partial<Filters>): void =>
    go(href('/sessions', searchOf({ ...filters, ...change })), 'replace')
  const isWrong = code.trim() !== '' && !CODE.test(code.trim())
  const setCode = (text: string): void => {
    const patient = text.trim().toUpperCase()
    if (patient === '' || CODE.test(patient)) set({ patient })
  }
  const day = (name: 'from' | 'until', label: string, error?: string) => (
    <TextField
      type="date"
      label={label}
      value={filters[name]}
      error={error}
      onChange={({ currentTarget }) => {
        const given = filtersOf(new URLSearchParams({ [name]: currentTarget.value }))[name]
        set({ [name]: given })
      }}
    />
  )
  return (
    <search class="fields session-filters not-printed" aria-label={t.filters}>
      <SelectField
        label={t.status}
        value={filters.status}
        options={[
          { value: '', label: t.anyStatus },
          ...STATUSES.map((value) => ({ value, label: ui[value] })),
        ]}
        onChange={({ currentTarget }) => set(filtersChange(currentTarget.value))}
      />
      <form
        onSubmit={(event) => {
          event.preventDefault()
          setCode(code)
        }}
      >
        <TextField
          type="search"
          label={t.patient}
          placeholder={t.patientHint}
          value={code}
          maxLength={10}
          autocomplete="off"
          error={isWrong ? t.patientWrong : undefined}
          onInput={({ currentTarget }) => {
            type(currentTarget.value)
            if (currentTarget.value === '') setCode('')
          }}
          onChange={({ currentTarget }) => setCode(currentTarget.value)}
        />
      </form>
      {day('from', t.from)}
      {day('until', t.until, isReversed(filters) ? t.datesWrong : undefined)}
      <SelectField
        label={t.order}
        value={filters.sort}
        options={[
          { value: '-startedAt', label: t.newest },
          { value: 'startedAt', label: t.oldest },
        ]}
        onChange={({ currentTarget }) =>
          set({ sort: currentTarget.value === 'startedAt' ? 'startedAt' : '-startedAt' })
        }
      />
      {isFiltered(filters) && (
        <a class="button beside-fields" href={href('/sessions')}>
          {t.all}
        </a>
      )}
    </search>
  )
}

const filtersChange = (status: string): Pick<Filters, 'status'> => ({
  status: STATUSES.find((each) => each === status) ?? '',
})
