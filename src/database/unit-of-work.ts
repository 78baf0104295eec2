/** A transaction that several stores take part in. */
import type { Database } from './connection.ts'

/** A transaction, with what is to be done once it is committed. */
export interface UnitOfWork {
  readonly tx: Database
  /** Runs in the order of calls, after the commit, and not at all after a rollback. */
  afterCommit(follow: () => unknown): void
}

/**
 * Runs a change in a transaction of its own, or as a part of a larger one.
 *
 * @param larger the unit of work that it belongs to, if any: what follows the commit then follows that of the whole
 * @example
 * await inOneTransaction(db, async (work) => {
 *   await sessions.create(session, work)
 *   await notes.create(note, work)
 * })
 */
export async function inOneTransaction<T>(
  db: Database,
  change: (work: UnitOfWork) => Promise<T>,
  larger?: UnitOfWork,
): Promise<T> {
  if (larger) return change(larger)
  const following: Array<() => unknown> = []
  const result = await db.transaction((tx) =>
    change({ tx: tx as unknown as Database, afterCommit: (follow) => void following.push(follow) }),
  )
  for (const follow of following) await follow()
  return result
}
