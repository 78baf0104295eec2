/** Login sessions at rest. */
import { and, desc, eq, gt, inArray, lte, notInArray, sql } from 'drizzle-orm'
import type { Bump } from '../../cache/invalidation/invalidation.ts'
import type { CacheSystem } from '../../cache/system.ts'
import type { Database } from '../../database/connection.ts'
import { sessionChanged } from '../changed.ts'
import { hashSecret, newSecret, type Token } from '../secret.ts'
import { loginSessions } from '../tables.ts'

/** What a row says to people. */
export type LoginSession = Omit<typeof loginSessions.$inferSelect, 'secretHash'>

/** Where somebody logs in from. */
export interface LoginPlace {
  readonly address: string
  readonly agent: string
}

export interface LoginSessionStore {
  /**
   * Makes one with a secret of its own, and ends the one whose secret the browser had: what was known before the login
   * opens nothing after it.
   *
   * @param also is part of the transaction
   * @returns what the cookie holds
   */
  open(
    userId: string,
    place: LoginPlace,
    former?: Token | null,
    also?: (tx: Database) => Promise<void>,
  ): Promise<Token>
  /** The live ones of a user, the last used first. */
  list(userId: string): Promise<LoginSession[]>
  /** The live one of a token. */
  find(token: Token): Promise<LoginSession | undefined>
  /** Ends one of a user. @param also is part of the transaction @returns whether there was one */
  end(userId: string, id: string, also?: (tx: Database) => Promise<void>): Promise<boolean>
  /** Ends all of a user, but for one. @returns how many there were */
  endAll(userId: string, except?: string): Promise<number>
}

/** From the last use on. */
export const LOGIN_LIFE = sql`clock_timestamp() + interval '24 hours'`

/** A new one beyond so many ends the one that was not used for the longest. */
const MOST = 20

/** Everything but the secret's hash. */
const { secretHash: _, ...shown } = {
  id: loginSessions.id,
  userId: loginSessions.userId,
  secretHash: loginSessions.secretHash,
  createdAt: loginSessions.createdAt,
  seenAt: loginSessions.seenAt,
  expiresAt: loginSessions.expiresAt,
  address: loginSessions.address,
  agent: loginSessions.agent,
}

const isLive = gt(loginSessions.expiresAt, sql`clock_timestamp()`)

/** Ends all login sessions of a user in a transaction, which has to announce it. */
export async function endLoginSessions(userId: string, tx: Database, except?: string): Promise<number> {
  const rows = await tx
    .delete(loginSessions)
    .where(and(eq(loginSessions.userId, userId), except ? notInArray(loginSessions.id, [except]) : undefined))
    .returning({ id: loginSessions.id })
  return rows.length
}

export function createLoginSessionStore(
  db: Database,
  { announce }: Pick<CacheSystem, 'announce'>,
): LoginSessionStore {
  /** Changes those of some users, and returns when no node believes what was before. */
  async function change<T>(
    work: (tx: Database) => Promise<{ readonly value: T; readonly of: readonly string[] }>,
  ): Promise<T> {
    const { value, bump } = await db.transaction(async (transaction) => {
      const tx = transaction as unknown as Database
      const { value, of } = await work(tx)
      const bump: Bump | null = of.length > 0 ? await announce(of.map(sessionChanged), tx) : null
      return { value, bump }
    })
    await bump?.settled()
    return value
  }

  /** @returns whose it was */
  async function endFormer({ secret }: Token, tx: Database): Promise<string[]> {
    const rows = await tx
      .delete(loginSessions)
      .where(eq(loginSessions.secretHash, hashSecret(secret)))
      .returning({ userId: loginSessions.userId })
    return rows.map(({ userId }) => userId)
  }

  return {
    async open(userId, { address, agent }, former, also) {
      const secret = newSecret()
      return change(async (tx) => {
        const ended = former ? await endFormer(former, tx) : []
        await tx.delete(loginSessions).where(lte(loginSessions.expiresAt, sql`clock_timestamp()`))
        await tx.insert(loginSessions).values({
          id: Bun.randomUUIDv7(),
          userId,
          secretHash: hashSecret(secret),
          expiresAt: LOGIN_LIFE,
          address: address.slice(0, 64),
          agent,
        })
        const beyond = tx
          .select({ id: loginSessions.id })
          .from(loginSessions)
          .where(eq(loginSessions.userId, userId))
          .orderBy(desc(loginSessions.seenAt), desc(loginSessions.id))
          .offset(MOST)
        await tx.delete(loginSessions).where(inArray(loginSessions.id, beyond))
        await also?.(tx)
        return { value: { id: userId, secret }, of: [...new Set([userId, ...ended])] }
      })
    },
    list: (userId) =>
      db
        .select(shown)
        .from(loginSessions)
        .where(and(eq(loginSessions.userId, userId), isLive))
        .orderBy(desc(loginSessions.seenAt), desc(loginSessions.id)),
    async find({ id, secret }) {
      const rows = await db
        .select(shown)
        .from(loginSessions)
        .where(and(eq(loginSessions.userId, id), eq(loginSessions.secretHash, hashSecret(secret)), isLive))
      return rows[0]
    },
    end: (userId, id, also) =>
      change(async (tx) => {
        const rows = await tx
          .delete(loginSessions)
          .where(and(eq(loginSessions.userId, userId), eq(loginSessions.id, id)))
          .returning({ id: loginSessions.id })
        await also?.(tx)
        return { value: rows.length > 0, of: rows.length > 0 ? [userId] : [] }
      }),
    endAll: (userId, except) =>
      change(async (tx) => {
        const count = await endLoginSessions(userId, tx, except)
        return { value: count, of: count > 0 ? [userId] : [] }
      }),
  }
}
