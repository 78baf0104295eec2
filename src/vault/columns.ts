/** Sealed columns as they stand in the database: by which keys, and what is to be sealed anew. */
import { type SQL, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { Database } from '../database/connection.ts'
import type { SealedColumn } from './sealed-column.ts'
import { sealedBy, type Vault } from './vault.ts'

/** How many values of a column a key has sealed. */
export interface KeyUse {
  readonly column: string
  /** Null: what stands there is not sealed at all. */
  readonly key: string | null
  readonly count: number
}

const tableOf = ({ column }: SealedColumn): PgTable => column.table as PgTable

/** A column by its name alone, as `set` takes it. */
const bare = ({ name }: { readonly name: string }): SQL => sql`${sql.identifier(name)}`

/** By which keys the values of columns are sealed. A column whose table is not there yet holds nothing. */
export async function keyUses(db: Database, columns: readonly SealedColumn[]): Promise<KeyUse[]> {
  const uses: KeyUse[] = []
  for (const each of columns) {
    const [{ there } = { there: false }] = await db.execute<{ there: boolean }>(
      sql`select to_regclass(${each.indexed.split('.').slice(0, 2).join('.')}) is not null as there`,
    )
    if (!there) continue
    const rows = await db.execute<{ key: string | null; count: number }>(sql`
      select substring(${each.column} from '^v1\\.([0-9a-f]{12})\\.') as key, count(*)::int as count
      from ${tableOf(each)} where ${each.column} is not null group by 1 order by 1`)
    uses.push(...rows.map((row) => ({ column: each.indexed, ...row })))
  }
  return uses
}

/** A value of a column. */
export interface SealedValue extends Record<string, unknown> {
  readonly id: string
  readonly value: string
}

/** Some values: of the oldest rows, and of the newest. */
export const sampleValues = (db: Database, { column, id, ...rest }: SealedColumn, count: number) => {
  const part = (order: SQL): SQL => sql`(
    select ${id}::text as id, ${column} as value from ${tableOf({ column, id, ...rest })}
    where ${column} is not null order by ${id} ${order} limit ${count})`
  return db.execute<SealedValue>(sql`${part(sql`asc`)} union ${part(sql`desc`)}`)
}

function openedOrNull(vault: Vault, sealed: string, about: string): string | null {
  try {
    return vault.open(sealed, about)
  } catch {
    return null
  }
}

/** What a step of a rotation has done. */
export interface ResealStep {
  /** Values that were sealed anew. */
  readonly sealed: number
  /** Rows that do not open, and were left as they are. */
  readonly failed: readonly string[]
  /** Where the next step begins; undefined at the end. */
  readonly after: string | undefined
}

/**
 * Seals some values anew that another key than the newest has sealed, in one transaction that keeps their rows from
 * being changed meanwhile. Their rows get no new version: nothing that anybody sees has changed.
 */
export const reseal = (
  db: Database,
  sealed: SealedColumn,
  vault: Vault,
  {
    newest,
    after,
    limit,
  }: { readonly newest: string; readonly after: string | undefined; readonly limit: number },
): Promise<ResealStep> =>
  db.transaction(async (tx) => {
    const { column, id, index, about, indexed } = sealed
    const table = tableOf(sealed)
    const key = sql.raw(id.getSQLType())
    const rows = await tx.execute<SealedValue>(sql`
      select ${id}::text as id, ${column} as value from ${table}
      where ${column} is not null and not starts_with(${column}, ${sealedBy(newest)})
      ${after === undefined ? sql`` : sql`and ${id} > ${after}::${key}`}
      order by ${id} limit ${limit} for update`)
    const failed: string[] = []
    const anew: Array<{ id: string; value: string; blind: string | null }> = []
    for (const row of rows) {
      const plain = openedOrNull(vault, row.value, about(row.id))
      if (plain === null) failed.push(row.id)
      else {
        const [blind = null] = index ? vault.indexes(index.normalise(plain), indexed) : []
        anew.push({ id: row.id, value: vault.seal(plain, about(row.id)), blind })
      }
    }
    if (anew.length > 0) {
      await tx.execute(sql`
        update ${table} set ${bare(column)} = anew.value
        ${index ? sql`, ${bare(index.column)} = anew.blind` : sql``}
        from jsonb_to_recordset(${JSON.stringify(anew)}::text::jsonb) as anew (id ${key}, value text, blind text)
        where ${id} = anew.id`)
    }
    return {
      sealed: rows.length - failed.length,
      failed,
      after: rows.length < limit ? undefined : rows.at(-1)?.id,
    }
  })
