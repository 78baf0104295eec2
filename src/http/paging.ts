/** Lists in pages. */
import * as v from 'valibot'

/** How many entries a page has at most. */
export const PageLimit = v.optional(
  v.pipe(
    v.string(),
    v.digits('expected a whole number'),
    v.transform(Number),
    v.minValue(1),
    v.maxValue(200),
    v.description('Entries of a page, 1 to 200'),
  ),
  '50',
)

/** The part of a page that leads to the next one. */
export const NextCursor = v.pipe(
  v.nullable(v.string()),
  v.description('Pass as `cursor` for the next page; null on the last one'),
)

/** A page of entries. */
export const pageOf = <S extends v.GenericSchema>(item: S) =>
  v.object({ items: v.array(item), nextCursor: NextCursor })

/**
 * Cuts a page from entries of which one more than the limit was asked for.
 *
 * @param cursorOf names the place behind an entry
 */
export function cutPage<Row>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (row: Row) => string,
): { readonly items: readonly Row[]; readonly nextCursor: string | null } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last !== undefined ? cursorOf(last) : null }
}
