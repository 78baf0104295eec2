/** Columns whose values are sealed, as plugins declare them. */
import { getTableConfig, type PgColumn, type PgTable } from 'drizzle-orm/pg-core'

/** A column that holds sealed text, or null. */
export interface SealedColumn {
  readonly column: PgColumn
  /** The id of its row, a primary key. */
  readonly id: PgColumn
  /** The column of the blind index of the same text, where it is to be found by that. */
  readonly index?: {
    readonly column: PgColumn
    /** Makes texts equal that are to be found by each other. */
    normalise(plain: string): string
  }
  /** What the value of a row is about, for `seal` and `open`: no other row or column opens it. */
  about(rowId: string): string
  /** What the blind index is of, for `indexes`. */
  readonly indexed: string
}

/**
 * Declares a column of sealed text. Name it under `sealed` of the plugin, so that `myoserve vault rotate` finds it.
 *
 * @param id the primary key of its table
 * @param index where it is to be found by its text: the column of the blind index
 * @example const NAME = sealedColumn(identities.name, identities.patientId)
 */
export function sealedColumn(
  column: PgColumn,
  id: PgColumn,
  index?: NonNullable<SealedColumn['index']>,
): SealedColumn {
  const { schema = 'public', name } = getTableConfig(column.table as PgTable)
  const path = `${schema}.${name}.${column.name}`
  return {
    column,
    id,
    ...(index && { index }),
    about: (rowId) => `${path}:${rowId}`,
    indexed: path,
  }
}
