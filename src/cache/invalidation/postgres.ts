/**
 * Invalidation over PostgreSQL: versions in a table, bumped in the transaction of the change; NOTIFY tells the nodes.
 *
 * Once `settled()` has resolved, no node serves an entry of an older version. Why that is so:
 *
 * 1. Notifications arrive in the order of the commits that sent them. A node sends itself canaries through the same
 *    channel. When one comes back that was sent at time s, every bump that was committed before s has been heard.
 * 2. A node trusts itself until s + TRUST_MS, for the last canary that came back, by its own monotonic clock. So a node
 *    that is trusted at time t has heard every bump that was committed before t - TRUST_MS, whatever is silent, cut,
 *    frozen or slow. Waiting for TRUST_MS and a margin after the commit is therefore always enough, without asking.
 * 3. Confirmations only shorten that. A node confirms a bump after it is in force there, and versions do not go back:
 *    notifications only raise them, and whoever connects anew listens first and then reads them all.
 * 4. Who is to be waited for stands in `cache_nodes`. A canary is sent in the transaction that counts up the row of its
 *    node, and only where there is such a row. So a node that is missing in the list after the commit of a bump has
 *    sent its first canary after that commit, and by 1 does not trust itself before it has heard of the bump; or it was
 *    removed, which happens only after its row has stood still for longer than TRUST_MS, so that by 2 its trust is over.
 * 5. The node that bumps takes the versions in itself as soon as it knows of the commit. Where it cannot find out in
 *    time, it has waited as in 2, which holds for itself too.
 *
 * No clock of the server and no comparison of clocks between machines has a part in this; but the clocks of the nodes
 * must run at the same speed, within a quarter.
 */

import type { Database, DatabaseConnection } from '../../database/connection.ts'
import { messageOf } from '../../exit.ts'
import type { Logger } from '../../observe/log.ts'
import { withDeadline } from '../deadline.ts'
import { LONGEST_KEPT_MS } from '../validity.ts'
import { createExpectedAcks } from './acks.ts'
import { createHearing, SETTLE_MS } from './hearing.ts'
import type { Bump, Invalidation } from './invalidation.ts'
import { PAYLOAD_BYTES, type Versions } from './messages.ts'
import { broadcastStatement, bumpStatement, partition, pruneStatement, type TagPart } from './statements.ts'
import { type Clocks, systemClocks } from './trust.ts'

/** A statement in a transaction of its own fails after this. */
const BUMP_DEADLINE_MS = 5000

/** Clocks of nodes and server may be so far apart before a tag is forgotten too early. */
const PRUNE_MARGIN_MS = 86_400_000

const PRUNE_EVERY_MS = 3_600_000

const NOTHING: ReadonlyMap<string, number> = new Map()

export interface PostgresInvalidation extends Invalidation {
  /** Resolves when this node trusts itself for the first time. */
  ready(): Promise<void>
  /**
   * Tells the other nodes something small. `settled()` resolves when each of them has taken it in, or does not trust
   * itself.
   *
   * @throws {RangeError} for a text that does not fit into a message: some 7000 bytes
   */
  broadcast(text: string): Promise<Bump>
  /** Calls back for what other nodes broadcast. A node that was cut off misses it: see {@link Invalidation.onTrust}. */
  onMessage(listener: (text: string) => void): void
  /** Forgets the tags that nobody can need any more. It goes by itself too, each hour. */
  prune(): Promise<void>
}

export interface PostgresInvalidationOptions {
  readonly database: DatabaseConnection
  readonly log: Logger
  /** Names this process among all of them, and does not come again. */
  readonly node?: string
  readonly clocks?: Clocks
  /** Tags that were not bumped for so long are forgotten. */
  readonly forgetAfterMs?: number
}

/**
 * Takes part in the invalidation of all nodes on a database. It connects by itself, again and again; until then, and
 * whenever it does not surely hear, it is not trusted.
 *
 * @example
 * const invalidation = createPostgresInvalidation({ database, log })
 * const bump = await db.transaction(async (tx) => {
 *   await tx.update(patients).set(changes)
 *   return invalidation.bump(['patient:7'], tx)
 * })
 * await bump.settled()
 */
export function createPostgresInvalidation(options: PostgresInvalidationOptions): PostgresInvalidation {
  const { database, log, clocks = systemClocks, node = crypto.randomUUID() } = options
  const { forgetAfterMs = LONGEST_KEPT_MS + PRUNE_MARGIN_MS } = options
  const { db } = database
  const acks = createExpectedAcks(clocks.monotonic)
  const hearing = createHearing({ database, log, node, clocks, acks })
  const firstTrust = Promise.withResolvers<void>()
  hearing.onTrust((trusted) => trusted && firstTrust.resolve())
  let ids = 0

  /** @param uncommitted versions of a transaction of somebody else's */
  async function settle(awaited: readonly string[], uncommitted: ReadonlyMap<string, number>): Promise<void> {
    const start = clocks.monotonic()
    const asked = hearing.standing([...uncommitted.keys()])
    const found = await withDeadline(asked, SETTLE_MS).catch(() => null)
    if (found) {
      for (const [tag, version] of uncommitted) {
        if ((found.versions[tag] ?? 0) >= version) continue
        acks.forget(awaited)
        throw new Error('settled() was called before the transaction of the bump was committed')
      }
      hearing.raise(Object.entries(found.versions))
    }
    const rest = start + SETTLE_MS - clocks.monotonic()
    if (found) await acks.wait(awaited, found.others, rest)
    else await Bun.sleep(Math.max(0, rest))
    acks.forget(awaited)
  }

  const bumpOf = (awaited: readonly string[], uncommitted: ReadonlyMap<string, number>): Bump => {
    let settling: Promise<void> | undefined
    return {
      settled() {
        settling ??= settle(awaited, uncommitted)
        return settling
      },
    }
  }

  /** Runs a statement whose messages the other nodes confirm. */
  async function announced<T>(awaited: readonly string[], run: () => Promise<T>): Promise<T> {
    acks.expect(awaited)
    try {
      return await run()
    } catch (error) {
      acks.forget(awaited)
      throw error
    }
  }

  const execute = (connection: Database, statement: ReturnType<typeof bumpStatement>) =>
    connection.execute<{ versions: Versions }>(statement)

  async function bumpIn(connection: Database, parts: readonly TagPart[]) {
    const id = String(++ids)
    const awaited = [...new Set(parts.map(({ part }) => `${id}.${part}`))]
    const rows = await announced(awaited, () => execute(connection, bumpStatement(parts, node, id)))
    return { awaited, bumped: new Map(rows.flatMap((row) => Object.entries(row.versions))) }
  }

  async function prune(): Promise<void> {
    const statement = pruneStatement(forgetAfterMs, clocks.wall())
    while ((await withDeadline(execute(db, statement), BUMP_DEADLINE_MS)).length > 0);
  }
  const pruning = setInterval(() => {
    prune().catch((error: unknown) =>
      log.warn({ reason: messageOf(error) }, 'cache: old tags were not pruned'),
    )
  }, PRUNE_EVERY_MS)

  return {
    ready: () => firstTrust.promise,
    isTrusted: hearing.isTrusted,
    version: hearing.version,
    keyVersion: hearing.keyVersion,
    async bump(tags, tx) {
      const parts = partition(tags)
      if (tx) {
        const { awaited, bumped } = await bumpIn(tx, parts)
        return bumpOf(awaited, bumped)
      }
      const { awaited, bumped } = await withDeadline(bumpIn(db, parts), BUMP_DEADLINE_MS)
      hearing.raise(bumped)
      return bumpOf(awaited, NOTHING)
    },
    async broadcast(text) {
      const id = String(++ids)
      if (Buffer.byteLength(JSON.stringify(text)) > PAYLOAD_BYTES) {
        throw new RangeError(`a broadcast has at most ${PAYLOAD_BYTES} bytes`)
      }
      const statement = broadcastStatement(node, id, text)
      await announced([id], () => withDeadline(execute(db, statement), BUMP_DEADLINE_MS))
      return bumpOf([id], NOTHING)
    },
    prune,
    onBump: hearing.onBump,
    onTrust: hearing.onTrust,
    onMessage: hearing.onMessage,
    async close() {
      clearInterval(pruning)
      await hearing.close()
    },
  }
}
