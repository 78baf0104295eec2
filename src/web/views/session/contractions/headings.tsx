/** Headings of the table of contractions, by which it is put in another order. */
import type { Sorting, SortKey } from './rows.ts'
import { words } from './words.ts'

const COLUMNS: ReadonlyArray<{
  readonly word:
    | 'channel'
    | 'start'
    | 'duration'
    | 'amplitude'
    | 'percent'
    | 'strong'
    | 'long'
    | 'verdict'
    | 'source'
  readonly sort?: SortKey
  readonly isNumber?: boolean
}> = [
  { word: 'channel', sort: 'channel' },
  { word: 'verdict', sort: 'verdict' },
  { word: 'start', sort: 'start', isNumber: true },
  { word: 'duration', sort: 'duration', isNumber: true },
  { word: 'amplitude', sort: 'amplitude', isNumber: true },
  { word: 'percent', sort: 'percent', isNumber: true },
  { word: 'strong' },
  { word: 'long' },
  { word: 'source', sort: 'source' },
]

export function Headings({
  sorting,
  onSort,
}: {
  readonly sorting: Sorting
  readonly onSort: (by: SortKey) => void
}) {
  const t = words()
  return (
    <tr>
      <th scope="col" class="number">
        {t.number}
      </th>
      {COLUMNS.map(({ word, sort, isNumber }) => {
        const isBy = sort === sorting.by
        return (
          <th
            key={word}
            scope="col"
            class={isNumber ? 'number' : undefined}
            aria-sort={isBy ? (sorting.isDescending ? 'descending' : 'ascending') : undefined}
          >
            {sort ? (
              <button type="button" class="plain" onClick={() => onSort(sort)}>
                {t[word]}
                <span aria-hidden="true">{isBy ? (sorting.isDescending ? '▼' : '▲') : '↕'}</span>
              </button>
            ) : (
              t[word]
            )}
          </th>
        )
      })}
    </tr>
  )
}
