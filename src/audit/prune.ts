/** Removes entries that have been kept long enough, and says so in the log itself. */
import type { Database } from '../database/connection.ts'
import { type Acting, act, acting } from '../identity/acting.ts'
import { SYSTEM } from '../identity/identity.ts'
import { entryOf } from './entry.ts'
import { insertEntries, lastBefore, lock, removeUpTo } from './statements.ts'

/** The action of the entry that a pruning leaves. */
export const PRUNE = 'audit:prune'

/**
 * Removes the beginning of the chain that is older than a time, never its newest entry. In the same transaction an
 * entry is added that names the place and the hash that the chain begins behind from now on.
 *
 * @param before ms since 1970
 * @returns how many entries were removed; where there are none, nothing is added either
 */
export async function pruneLog(db: Database, before: number, node: string): Promise<number> {
  const limit = new Date(before).toISOString()
  return db.transaction(async (transaction) => {
    const tx = transaction as unknown as Database
    await lock(tx)
    const last = await lastBefore(tx, limit)
    if (!last) return 0
    const removed = await removeUpTo(tx, last.seq, limit)
    const records = [
      { kind: 'audit-seq', id: String(last.seq) },
      { kind: 'audit-hash', id: last.hash },
      { kind: 'audit-before', id: limit },
    ]
    const by =
      acting() ?? act({ identity: SYSTEM, action: PRUNE, route: 'SERVER audit' }, () => acting() as Acting)
    const entry = entryOf(by, { action: PRUNE, records, outcome: 'done' }, node, Date.now())
    await insertEntries(tx, [entry])
    return removed
  })
}
