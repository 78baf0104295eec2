/** The database as plugins and the server's own parts get it: what changes something there is recorded with the change. */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Database } from '../database/connection.ts'
import { type Acting, act, acting } from '../identity/acting.ts'
import { SYSTEM } from '../identity/identity.ts'
import type { AuditEntry } from './entry.ts'
import { insertIfChanged } from './statements.ts'

/** What it reports to. */
export interface Recorder {
  /** The entry of a change that is about to be committed. */
  entryOf(by: Acting): AuditEntry
  /** An entry has been committed. */
  onCommitted(): void
  /** A change that no request has asked for was rolled back. */
  onFailed(by: Acting, error: unknown): void
}

/** A transaction that is under way. */
interface Frame {
  /** Whether it has been recorded by whoever runs it. */
  isSaid: boolean
}

const frames = new AsyncLocalStorage<Frame>()

/**
 * To be called when an entry was added in a transaction by hand: it needs no other.
 *
 * @returns whether that transaction is one that is recorded
 */
export function sayInTransaction(): boolean {
  const frame = frames.getStore()
  if (frame) frame.isSaid = true
  return frame !== undefined
}

/** A statement that changes nothing, as far as its first word tells: any other is run in a transaction with its entry. */
const READS = /^\s*(?:select|show|explain|values|table|with(?![\s\S]*\b(?:insert|update|delete|merge)\b))\b/i

/** A request that only reads, or is not let in yet. */
const isUnrecorded = (by: Acting | undefined): boolean => by !== undefined && !(by.changes && by.isKnown)

type Session = Database['_']['session']

/** What a transaction of Drizzle is run by; its types hide that a transaction is a database. */
type Transact = <T>(work: (tx: Database) => Promise<T>, config?: { accessMode?: string }) => Promise<T>

/**
 * Has every transaction, and every statement outside of one, that changes something leave exactly one entry, which is
 * committed with it. What is done while a request acts that only reads is not looked at.
 *
 * @param route who acts where nobody has said so, such as `PLUGIN intake`
 */
export function auditedDatabase(db: Database, route: string, recorder: Recorder): Database {
  const { session } = db._
  const transact = session.transaction.bind(session) as unknown as Transact

  async function recorded<T>(
    by: Acting,
    work: (tx: Database) => Promise<T>,
    config?: { accessMode?: string },
  ): Promise<T> {
    let isRecorded = false
    try {
      const result = await transact(async (tx) => {
        const frame: Frame = { isSaid: false }
        const value = await frames.run(frame, () => work(tx))
        isRecorded = frame.isSaid || (await insertIfChanged(tx, recorder.entryOf(by)))
        return value
      }, config)
      if (isRecorded) {
        by.recorded++
        recorder.onCommitted()
      }
      return result
    } catch (error) {
      if (by.requestId === null) recorder.onFailed(by, error)
      throw error
    }
  }

  const transaction: Transact = (work, config) => {
    const by = acting()
    if (isUnrecorded(by) || config?.accessMode === 'read only') return transact(work, config)
    if (by) return recorded(by, work, config)
    return act({ identity: SYSTEM, action: 'system:change', route }, () =>
      recorded(acting() as Acting, work, config),
    )
  }

  const prepareQuery: Session['prepareQuery'] = (...query) => {
    const prepared = session.prepareQuery(...query)
    if (READS.test(query[0].sql) || isUnrecorded(acting())) return prepared
    return Object.create(prepared, {
      execute: {
        // Drizzle sets what it knows of joins on the query that it was given.
        value(this: { joinsNotNullableMap?: unknown }, ...values: Parameters<typeof prepared.execute>) {
          const { joinsNotNullableMap } = this
          return transaction((tx) =>
            Object.assign(tx._.session.prepareQuery(...query), { joinsNotNullableMap }).execute(...values),
          )
        },
      },
    })
  }
  const audited = Object.create(session, {
    transaction: { value: transaction },
    prepareQuery: { value: prepareQuery },
  })
  return Object.create(db, { session: { value: audited }, _: { value: { ...db._, session: audited } } })
}
