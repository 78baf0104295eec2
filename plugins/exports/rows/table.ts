/** A tidy table: named columns of one type each. */
import type { Cell } from '../../emg-analyzer/index.ts'

/** What a column holds; any of its cells may be null. */
export type ColumnType = 'text' | 'number' | 'integer' | 'flag'

/** One column, and where a cell of it comes from. */
export interface Column<Row> {
  /** In snake_case, with its unit. Programs rely on it: columns may be added, at the end. */
  readonly name: string
  readonly type: ColumnType
  cell(row: Row): Cell
}

/** Rows with their columns. */
export interface Table<Row> {
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
}

export const text = <Row>(name: string, cell: (row: Row) => string | null): Column<Row> => ({
  name,
  type: 'text',
  cell,
})

export const number = <Row>(name: string, cell: (row: Row) => number | null): Column<Row> => ({
  name,
  type: 'number',
  cell,
})

export const integer = <Row>(name: string, cell: (row: Row) => number | null): Column<Row> => ({
  name,
  type: 'integer',
  cell,
})

export const flag = <Row>(name: string, cell: (row: Row) => boolean | null): Column<Row> => ({
  name,
  type: 'flag',
  cell,
})
