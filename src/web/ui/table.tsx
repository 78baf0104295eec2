/** A table with its headings, that scrolls within its own place. */
import { type ComponentChildren, isValidElement, type VNode } from 'preact'
import { Scrolling } from './scrolling.tsx'
import './table.css'

/** A text, one over figures, or one that is read out alone. */
type Label = string | { readonly number: string } | { readonly hidden: string }

/** The heading of a column, or a cell of its own; false: there is no such column. */
export type Column = Label | VNode | false

function Heading({ column }: { readonly column: Label }) {
  if (typeof column === 'string') return <th scope="col">{column}</th>
  if ('number' in column)
    return (
      <th scope="col" class="number">
        {column.number}
      </th>
    )
  return (
    <th scope="col">
      <span class="hidden-text">{column.hidden}</span>
    </th>
  )
}

const keyOf = (column: Label): string => (typeof column === 'string' ? column : Object.values(column).join())

interface Properties {
  /** What it lists; read out. */
  readonly caption: string
  readonly columns: readonly Column[]
  readonly class?: string
  /** Its rows. */
  readonly children: ComponentChildren
}

/** @example <Table caption={t.caption} columns={[t.name, { number: t.size }, may('…') && { hidden: t.actions }]}>…</Table> */
export const Table = ({ caption, columns, class: name, children }: Properties) => (
  <Scrolling label={caption}>
    <table class={name}>
      <caption class="hidden-text">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) =>
            column === false || isValidElement(column) ? (
              column
            ) : (
              <Heading key={keyOf(column)} column={column} />
            ),
          )}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </Scrolling>
)
