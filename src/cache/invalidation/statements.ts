/** The statements of the invalidation. What is sent is part of the transaction that changes the rows. */
import { type SQL, sql } from 'drizzle-orm'
import type { Sql } from 'postgres'
import type { OwedAck } from './acks.ts'
import { ackChannel, CHANNEL, PAYLOAD_BYTES, type Versions } from './messages.ts'

/** Longer ones would not fit into a message. */
const MAX_TAG_LENGTH = 500

/** A version has 16 digits; the rest is punctuation. */
const VERSION_BYTES = 24

/** A tag, and the message that it goes with. */
export interface TagPart {
  readonly tag: string
  readonly part: number
}

/**
 * Tags in the order in which their rows are locked, shared out among messages.
 *
 * @throws {RangeError} for an empty tag, one of more than 500 characters or one that is no well-formed text
 */
export function partition(tags: readonly string[]): TagPart[] {
  let part = 0
  let room = PAYLOAD_BYTES
  return [...new Set(tags)].sort().map((tag) => {
    if (tag === '' || tag.length > MAX_TAG_LENGTH || !tag.isWellFormed() || tag.includes('\0')) {
      throw new RangeError(`a cache tag is text of 1 to ${MAX_TAG_LENGTH} characters without NUL`)
    }
    const bytes = Buffer.byteLength(JSON.stringify(tag)) + VERSION_BYTES
    if (bytes > room) {
      part++
      room = PAYLOAD_BYTES
    }
    room -= bytes
    return { tag, part }
  })
}

/**
 * Bumps, and tells everybody when the transaction commits. A version is the time in microseconds, or one more than
 * before where that is more: it grows in the order of the commits, since the row is locked until then, and it does not
 * come again, neither after its row was pruned nor after a backup was restored.
 */
export const bumpStatement = (parts: readonly TagPart[], from: string, id: string): SQL => sql`
  with input as (
    select tag, part, (extract(epoch from clock_timestamp()) * 1000000)::bigint as version
    from json_to_recordset(${JSON.stringify(parts)}::text::json) as i (tag text, part int)
  ), bumped as (
    insert into myoserve.cache_tags as t (tag, version, bumped_at)
    select tag, version, clock_timestamp() from input order by tag
    on conflict (tag) do update
      set version = greatest(t.version + 1, excluded.version), bumped_at = excluded.bumped_at
    returning tag, version
  ), messages as (
    select part, json_object_agg(tag, bumped.version) as versions from bumped join input using (tag) group by part
  )
  select versions, pg_notify(${CHANNEL}, json_build_object(
    'kind', 'bump', 'from', ${from}::text, 'id', ${id}::text || '.' || part, 'versions', versions
  )::text) from messages`

export const broadcastStatement = (from: string, id: string, text: string): SQL =>
  sql`select pg_notify(${CHANNEL}, ${JSON.stringify({ kind: 'broadcast', from, id, text })})`

/** Tags at once: rows are locked no longer than needed. */
const PRUNED_AT_ONCE = 200

/** Clocks that are further apart are not to be relied on. */
const CLOCKS_APART_MS = 3_600_000

/**
 * Forgets tags that were not bumped for `keepMs`, and tells everybody. Forgets nothing while the clock of the server and
 * ours disagree.
 */
export const pruneStatement = (keepMs: number, now: number): SQL => sql`
  with gone as (
    delete from myoserve.cache_tags where tag in (
      select tag from myoserve.cache_tags
      where bumped_at < clock_timestamp() - make_interval(secs => ${keepMs / 1000}::float8)
        and abs(extract(epoch from clock_timestamp()) * 1000 - ${now}::float8) < ${CLOCKS_APART_MS}::float8
      limit ${PRUNED_AT_ONCE}::int for update skip locked
    ) returning tag, version
  )
  select pg_notify(${CHANNEL}, json_build_object(
    'kind', 'pruned', 'versions', json_build_object(tag, version)
  )::text) from gone`

/** Starts to listen, to bumps and to the confirmations for this node. */
export const listen = (feed: Sql, node: string): Promise<unknown> =>
  feed.unsafe(`listen "${CHANNEL}"; listen "${ackChannel(node)}"`)

const TAGS_AT_ONCE = 5000

/** Versions of the next tags after one, in their order; none after the last. */
export async function versionsAfter(feed: Sql, tag: string): Promise<Array<readonly [string, number]>> {
  const rows = await feed<Array<{ tag: string; version: string }>>`
    select tag, version from myoserve.cache_tags where tag > ${tag} order by tag limit ${TAGS_AT_ONCE}`
  return rows.map((row) => [row.tag, Number(row.version)])
}

/**
 * Enters a node into the list. The connection commits without waiting for the disk, which does for all that it writes
 * but for this: a node that trusts itself must be in the list after a crash too.
 */
export const register = (feed: Sql, node: string, beat: number): Promise<unknown> => feed`
  with entered as (
    insert into myoserve.cache_nodes (node, beat) values (${node}, ${beat}) on conflict (node) do nothing returning 1
  )
  select set_config('synchronous_commit', 'on', true) from entered`

/** A node of the list, and how far it has counted. */
export type NodeBeat = readonly [node: string, beat: number]

/** Counts a node's beat up and sends its canary, in one transaction. @returns the list; null when it is not in it */
export async function sendBeat(feed: Sql, node: string, beat: number): Promise<readonly NodeBeat[] | null> {
  const canary = JSON.stringify({ kind: 'canary', from: node, beat })
  const [row] = await feed<[{ beaten: boolean; nodes: NodeBeat[] | null }]>`
    with mine as (
      update myoserve.cache_nodes set beat = ${beat}, beat_at = clock_timestamp() where node = ${node} returning 1
    ), sent as (
      select pg_notify(${CHANNEL}, ${canary}) from mine
    )
    select exists (select from sent) as beaten,
      (select json_agg(json_build_array(node, beat)) from myoserve.cache_nodes) as nodes`
  return row.beaten ? (row.nodes ?? []) : null
}

/** Removes a node that has not counted on. */
export const expel = (feed: Sql, [node, beat]: NodeBeat): Promise<unknown> =>
  feed`delete from myoserve.cache_nodes where node = ${node} and beat = ${beat}`

export const unregister = (feed: Sql, node: string): Promise<unknown> =>
  feed`delete from myoserve.cache_nodes where node = ${node}`

/** The other nodes, and the versions of some tags, as of now. */
export async function readStanding(
  feed: Sql,
  node: string,
  tags: readonly string[],
): Promise<{ readonly others: readonly string[]; readonly versions: Versions }> {
  const [row] = await feed<[{ others: string[] | null; versions: Versions | null }]>`
    select (select json_agg(node) from myoserve.cache_nodes where node <> ${node}) as others,
      (select json_object_agg(tag, version) from myoserve.cache_tags
        where tag in (select json_array_elements_text(${JSON.stringify(tags)}::text::json))) as versions`
  return { others: row.others ?? [], versions: row.versions ?? {} }
}

/** Sends confirmations. */
export function sendAcks(feed: Sql, from: string, acks: readonly OwedAck[]): Promise<unknown> {
  const rows = acks.map(({ to, ids }) => ({
    channel: ackChannel(to),
    payload: JSON.stringify({ from, ids }),
  }))
  return feed`
    select pg_notify(channel, payload)
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as a (channel text, payload text)`
}
