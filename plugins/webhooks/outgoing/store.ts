/** Subscriptions at rest. */
import { and, desc, eq, lt, sql } from 'drizzle-orm'
import { type Database, type Expected, requireVersion, type Vault } from '../../../src/sdk.ts'
import { type EVENT_NAMES, subscriptions } from '../tables.ts'
import { SECRET } from './secrets.ts'

/** What a subscriber may be told of. */
export type EventName = (typeof EVENT_NAMES)[number]

/** Lab software that wants to be told. Its secret is sealed. */
export type Subscription = typeof subscriptions.$inferSelect

/** A subscription as it is entered, with its secret in clear. */
export type NewSubscription = Pick<Subscription, 'url' | 'events' | 'secret'>

/** What is absent stays as it is. */
export interface SubscriptionChanges {
  readonly url?: string | undefined
  readonly events?: EventName[] | undefined
  readonly active?: boolean | undefined
}

/** Subscriptions in the database. */
export interface SubscriptionStore {
  create(subscription: NewSubscription): Promise<Subscription>
  /** What messages are signed with. @throws {Problem} 503 VAULT_LOCKED, 500 SEAL_BROKEN */
  secretOf(subscription: Pick<Subscription, 'id' | 'secret'>): string
  /** The subscription, or undefined. */
  find(id: string): Promise<Subscription | undefined>
  /** Newest first; `after` is the last id of the page before. @param limit entries at most */
  list(limit: number, after?: string): Promise<Subscription[]>
  /** Ids of the active ones that want to be told of an event. */
  wanting(event: EventName, tx: Database): Promise<string[]>
  /** @throws {Problem} 412 VERSION_MISMATCH */
  update(id: string, changes: SubscriptionChanges, expected?: Expected): Promise<Subscription | undefined>
  /** Whether there was one. @throws {Problem} 412 VERSION_MISMATCH */
  remove(id: string, expected?: Expected): Promise<boolean>
  /** Notes what has become of a message; null when it has arrived. */
  note(id: string, failureCode: string | null): Promise<void>
}

export function createSubscriptionStore(db: Database, vault: Vault): SubscriptionStore {
  /** The one of an id in the version that is expected, locked; or undefined. */
  async function lock(id: string, tx: Database, expected: Expected | undefined) {
    const [found] = await tx.select().from(subscriptions).where(eq(subscriptions.id, id)).for('update')
    if (found) requireVersion(expected, found.version)
    return found
  }

  return {
    async create(subscription) {
      const id = Bun.randomUUIDv7()
      const secret = vault.seal(subscription.secret, SECRET.about(id))
      const [created] = await db
        .insert(subscriptions)
        .values({ ...subscription, id, secret })
        .returning()
      return created as Subscription
    },
    secretOf: ({ id, secret }) => vault.open(secret, SECRET.about(id)),
    find: async (id) => (await db.select().from(subscriptions).where(eq(subscriptions.id, id)))[0],
    list: (limit, after) =>
      db
        .select()
        .from(subscriptions)
        .where(after === undefined ? undefined : lt(subscriptions.id, after))
        .orderBy(desc(subscriptions.id))
        .limit(limit),
    async wanting(event, tx) {
      const rows = await tx
        .select({ id: subscriptions.id })
        .from(subscriptions)
        .where(and(eq(subscriptions.active, true), sql`${event} = any(${subscriptions.events})`))
        .orderBy(subscriptions.id)
      return rows.map(({ id }) => id)
    },
    update: (id, changes, expected) =>
      db.transaction(async (transaction) => {
        const tx = transaction as unknown as Database
        const before = await lock(id, tx, expected)
        if (!before || Object.values(changes).every((value) => value === undefined)) return before
        const [after] = await tx
          .update(subscriptions)
          .set({ ...changes, version: before.version + 1 })
          .where(eq(subscriptions.id, id))
          .returning()
        return after
      }),
    remove: (id, expected) =>
      db.transaction(async (transaction) => {
        const tx = transaction as unknown as Database
        if (!(await lock(id, tx, expected))) return false
        await tx.delete(subscriptions).where(eq(subscriptions.id, id))
        return true
      }),
    async note(id, failureCode) {
      const now = sql`now()`
      await db
        .update(subscriptions)
        .set(
          failureCode === null
            ? { lastDeliveredAt: now }
            : { lastFailedAt: now, lastFailureCode: failureCode },
        )
        .where(eq(subscriptions.id, id))
    },
  }
}
