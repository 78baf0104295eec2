/** What is asked of PostgreSQL for the audit log. */
import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../database/connection.ts'
import type { AuditEntry, SealedEntry } from './entry.ts'

const LOG = sql.raw('myoserve.audit_log')

/** Any constant that nobody else takes: "audit" in the keys of a telephone. */
const LOCK = 28348

/** An entry that may have no place in the chain yet. */
export interface StoredEntry extends AuditEntry {
  readonly seq: number | null
  readonly previous: string | null
  readonly hash: string | null
}

const COLUMNS =
  sql.raw(`id, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, actor, action,
  route, records, count, outcome, code, address, request_id as "requestId", node, seq::float8 as seq, previous, hash`)

const given = (entries: readonly AuditEntry[]): SQL => sql`
  insert into ${LOG} (id, at, actor, action, route, records, count, outcome, code, address, request_id, node)
  select id, at, actor, action, route, records, count, outcome, code, address, "requestId", node
  from jsonb_to_recordset(${JSON.stringify(entries)}::text::jsonb) as e (id uuid, at timestamptz, actor text, action text,
    route text, records jsonb, count int, outcome text, code text, address text, "requestId" text, node text)`

/** Adds entries; one that is there already is left alone. */
export const insertEntries = async (db: Database, entries: readonly AuditEntry[]): Promise<void> =>
  void (await db.execute(sql`${given(entries)} on conflict (id) do nothing`))

/**
 * Adds the entry of a transaction, if that has changed anything: PostgreSQL gives a number to those alone.
 *
 * @returns whether it has
 */
export async function insertIfChanged(tx: Database, entry: AuditEntry): Promise<boolean> {
  const rows = await tx.execute(
    sql`${given([entry])} where pg_current_xact_id_if_assigned() is not null returning id`,
  )
  return rows.length > 0
}

/** The newest entry of the chain, and whether there are some that are not in it yet. */
export interface ChainState {
  readonly seq: number
  readonly hash: string | null
  /** When the oldest entry that is not sealed was written, in ms since 1970. */
  readonly oldestUnsealed: number | null
}

export async function chainState(db: Database): Promise<ChainState> {
  const [row] = await db.execute<{ seq: number | null; hash: string | null; oldest: number | null }>(sql`
    select head.seq::float8 as seq, head.hash, (
      select (extract(epoch from at) * 1000)::float8 from ${LOG} where seq is null order by id limit 1
    ) as oldest
    from (values (1)) as one left join (
      select seq, hash from ${LOG} where seq is not null order by seq desc limit 1
    ) as head on true`)
  return { seq: row?.seq ?? 0, hash: row?.hash ?? null, oldestUnsealed: row?.oldest ?? null }
}

/** Whether this transaction may seal: of several nodes one does at a time. */
export async function tryLock(tx: Database): Promise<boolean> {
  const [row] = await tx.execute<{ locked: boolean }>(
    sql`select pg_try_advisory_xact_lock(${LOCK}::bigint) as locked`,
  )
  return row?.locked === true
}

/** The same, when nobody else seals. */
export const lock = (tx: Database) => tx.execute(sql`select pg_advisory_xact_lock(${LOCK}::bigint)`)

export const unsealedEntries = async (db: Database, most: number): Promise<StoredEntry[]> => [
  ...(await db.execute<StoredEntry & Record<string, unknown>>(
    sql`select ${COLUMNS} from ${LOG} where seq is null order by id limit ${most}`,
  )),
]

export const setSeals = (
  tx: Database,
  sealed: ReadonlyArray<Pick<SealedEntry, 'id' | 'seq' | 'previous' | 'hash'>>,
) =>
  tx.execute(sql`
    update ${LOG} as a set seq = s.seq, previous = s.previous, hash = s.hash
    from jsonb_to_recordset(${JSON.stringify(sealed)}::text::jsonb) as s (id uuid, seq bigint, previous text, hash text)
    where a.id = s.id`)

/** Entries of the chain behind a place, in its order. */
export const chainAfter = async (
  db: Database,
  seq: number,
  most: number,
  where: SQL = sql`true`,
): Promise<SealedEntry[]> => [
  ...(await db.execute<SealedEntry & Record<string, unknown>>(
    sql`select ${COLUMNS} from ${LOG} where seq > ${seq}::bigint and ${where} order by seq limit ${most}`,
  )),
]

/** The latest first. */
export const latestEntries = async (db: Database, where: SQL, most: number): Promise<StoredEntry[]> => [
  ...(await db.execute<StoredEntry & Record<string, unknown>>(
    sql`select ${COLUMNS} from ${LOG} where ${where} order by id desc limit ${most}`,
  )),
]

/** The entry at a place of the chain. */
export async function entryAt(db: Database, seq: number): Promise<SealedEntry | undefined> {
  const [row] = await chainAfter(db, seq - 1, 1)
  return row?.seq === seq ? row : undefined
}

/** Of the triggers that keep the log append-only, those that are at work. */
export async function guardsAtWork(db: Database): Promise<number> {
  const [row] = await db.execute<{ guards: number }>(sql`
    select count(*)::int as guards from pg_trigger
    where tgrelid = 'myoserve.audit_log'::regclass and tgname in ('audit_guard', 'audit_guard_truncate')
      and tgenabled in ('O', 'A')`)
  return row?.guards ?? 0
}

/**
 * The last entry that may go with all before it: older than a time, as all before it are. Never the newest of all, which
 * the next one follows.
 */
export async function lastBefore(tx: Database, before: string): Promise<SealedEntry | undefined> {
  const [row] = await tx.execute<SealedEntry & Record<string, unknown>>(sql`
    select ${COLUMNS} from ${LOG}
    where seq < least(
      (select min(seq) from ${LOG} where seq is not null and at >= ${before}::timestamptz),
      (select max(seq) from ${LOG})
    ) order by seq desc limit 1`)
  return row
}

/** Removes the beginning of the chain. @returns how many entries were removed */
export async function removeUpTo(tx: Database, seq: number, before: string): Promise<number> {
  await tx.execute(sql`select set_config('myoserve.audit_prune_before', ${before}, true)`)
  const [row] = await tx.execute<{ removed: number }>(sql`
    with gone as (delete from ${LOG} where seq <= ${seq}::bigint returning 1)
    select count(*)::int as removed from gone`)
  return row?.removed ?? 0
}
