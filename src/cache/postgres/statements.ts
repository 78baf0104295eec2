/** The statements of the tier. Each is one round trip, and its text does not depend on how many entries it is about. */
import type { Sql } from 'postgres'
import type { Row, RowInput } from './row.ts'

/**
 * All columns of a row `e` but its body, as JSON text: what stands in the checksum before the body. Times in ms, which do
 * not depend on the time zone of the session.
 */
const HEAD = `json_build_array(e.key, e.namespace, e.format, e.tags, e.inputs,
  extract(epoch from e.created_at) * 1000, extract(epoch from e.fresh_until) * 1000,
  extract(epoch from e.kept_until) * 1000, e.negative, e.size)::text`

/** JSON, since an array would need the types of the server to be read first (porsager/postgres#1192). */
const list = (keys: readonly string[]): string => JSON.stringify(keys)

export const selectEntries = (sql: Sql, keys: readonly string[], mostBytes: number): Promise<Row[]> => sql<
  Row[]
>`
  select key, ${sql.unsafe(HEAD)} as head, value::text as value, bytes, checksum
  from myoserve.analytics_cache as e
  where key = any (array(select json_array_elements_text(${list(keys)}::text::json))) and size <= ${mostBytes}`

/** Keys come once only. In their order, so that two writers do not lock each other out. */
export const upsertEntries = (sql: Sql, rows: readonly RowInput[]): Promise<unknown> => sql`
  insert into myoserve.analytics_cache
    (key, namespace, format, value, bytes, tags, inputs, created_at, fresh_until, kept_until, negative, size, checksum)
  select key, namespace, format, value, bytes, tags, inputs, created_at, fresh_until, kept_until, negative, size,
    sha256(convert_to(${sql.unsafe(HEAD)} || coalesce(value::text, ''), 'UTF8') || coalesce(bytes, ''))
  from (
    select key, namespace, format, tags, inputs, negative, size,
      case format when 'json' then body::jsonb end as value,
      case format when 'bytes' then decode(body, 'base64') when 'text' then convert_to(body, 'UTF8') end as bytes,
      to_timestamp(created / 1000) as created_at, to_timestamp(fresh / 1000) as fresh_until,
      to_timestamp(kept / 1000) as kept_until
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as i (
      key text, namespace text, format text, body text, tags jsonb, inputs text, created float8, fresh float8,
      kept float8, negative boolean, size int
    )
    offset 0
  ) as e
  order by key
  on conflict (key) do update set
    namespace = excluded.namespace, format = excluded.format, value = excluded.value, bytes = excluded.bytes,
    tags = excluded.tags, inputs = excluded.inputs, created_at = excluded.created_at,
    fresh_until = excluded.fresh_until, kept_until = excluded.kept_until, negative = excluded.negative,
    size = excluded.size, checksum = excluded.checksum`

const countOf = async (answer: Promise<Array<{ count: number }>>): Promise<number> =>
  (await answer)[0]?.count ?? 0

export const deleteEntries = (sql: Sql, keys: readonly string[]): Promise<number> =>
  countOf(sql<[{ count: number }]>`
    with gone as (
      delete from myoserve.analytics_cache where key in (
        select key from myoserve.analytics_cache
        where key = any (array(select json_array_elements_text(${list(keys)}::text::json)))
        order by key for update
      ) returning 1
    ) select count(*)::int from gone`)

/** Removes a row that is as it was read; meanwhile it may have been written anew. */
export const deleteRow = (sql: Sql, { key, checksum }: Row): Promise<unknown> =>
  sql`delete from myoserve.analytics_cache where key = ${key} and checksum = ${checksum}`

const LAST_CHARACTER = String.fromCodePoint(0x10ffff)

/** Keys in the order of their bytes, after one of them or from the beginning. */
export async function selectKeys(
  sql: Sql,
  page: { readonly prefix: string; readonly after: string; readonly limit: number; readonly now: number },
): Promise<string[]> {
  const rows = await sql<Array<{ key: string }>>`
    select key from myoserve.analytics_cache
    where key >= ${page.prefix} and key < ${page.prefix + LAST_CHARACTER} and key > ${page.after}
      and kept_until > to_timestamp(${page.now}::float8 / 1000)
    order by key limit ${page.limit}`
  return rows.map((row) => row.key)
}

/** Takes a lease where there is none or its time is over. @returns whether it was taken */
export async function takeLease(sql: Sql, key: string, holder: string, ms: number): Promise<boolean> {
  const taken = await sql`
    insert into myoserve.cache_leases as t (key, holder, held_until)
    values (${key}, ${holder}, clock_timestamp() + make_interval(secs => ${ms / 1000}::float8))
    on conflict (key) do update set holder = excluded.holder, held_until = excluded.held_until
      where t.held_until <= clock_timestamp() or t.holder = excluded.holder
    returning 1`
  return taken.length > 0
}

export const releaseLease = (sql: Sql, key: string, holder: string): Promise<unknown> =>
  sql`delete from myoserve.cache_leases where key = ${key} and holder = ${holder}`

/** Removes some of what is over. @returns how many entries; none: there are no more */
export const sweepEntries = (sql: Sql, now: number, limit: number): Promise<number> =>
  countOf(sql<[{ count: number }]>`
    with gone as (
      delete from myoserve.analytics_cache where key in (
        select key from myoserve.analytics_cache
        where kept_until <= to_timestamp(${now}::float8 / 1000) limit ${limit} for update skip locked
      ) returning 1
    ) select count(*)::int from gone`)

export const sweepLeases = (sql: Sql, limit: number): Promise<unknown> => sql`
  delete from myoserve.cache_leases where key in (
    select key from myoserve.cache_leases where held_until <= clock_timestamp() limit ${limit} for update skip locked
  )`
