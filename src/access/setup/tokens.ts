/** One-time links: whoever has one chooses a password, once. */
import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import type { Database } from '../../database/connection.ts'
import { Problem } from '../../http/problem.ts'
import { hashSecret, newSecret } from '../secret.ts'
import { setupTokens } from '../tables.ts'

/** A link that was made: its secret is known to nobody afterwards. */
export interface SetupLink {
  /** Path on this server. The secret is in the fragment, which browsers send to nobody. */
  readonly path: string
  readonly expiresAt: Date
}

export interface SetupTokens {
  /**
   * A link in place of the one before.
   *
   * @param userId whose password it sets; null: it makes the first administrator
   */
  issue(userId: string | null): Promise<SetupLink>
  /** Whose password a secret sets. @throws {Problem} 403 SETUP_LINK_REFUSED */
  owner(secret: string): Promise<string | null>
  /** Uses it up, within a transaction. @throws {Problem} 403 SETUP_LINK_REFUSED */
  use(secret: string, tx: Database): Promise<void>
}

const refused = (): Problem =>
  new Problem(403, 'SETUP_LINK_REFUSED', 'This link was used, has expired, or was never made.')

const found = (secret: string) =>
  and(eq(setupTokens.secretHash, hashSecret(secret)), gt(setupTokens.expiresAt, sql`clock_timestamp()`))

export const createSetupTokens = (db: Database): SetupTokens => ({
  async issue(userId) {
    const secret = newSecret()
    const expiresAt = await db.transaction(async (tx) => {
      // Two that start at once: the later one's counts.
      await tx.execute(sql`lock table ${setupTokens} in share row exclusive mode`)
      await tx
        .delete(setupTokens)
        .where(userId === null ? isNull(setupTokens.userId) : eq(setupTokens.userId, userId))
      const [row] = await tx
        .insert(setupTokens)
        .values({
          id: Bun.randomUUIDv7(),
          userId,
          secretHash: hashSecret(secret),
          expiresAt: sql`clock_timestamp() + interval '24 hours'`,
        })
        .returning({ expiresAt: setupTokens.expiresAt })
      return (row as { expiresAt: Date }).expiresAt
    })
    return { path: `/setup#${userId === null ? 'first' : 'password'}=${secret}`, expiresAt }
  },
  async owner(secret) {
    const [row] = await db.select({ userId: setupTokens.userId }).from(setupTokens).where(found(secret))
    if (!row) throw refused()
    return row.userId
  },
  async use(secret, tx) {
    const rows = await tx.delete(setupTokens).where(found(secret)).returning({ id: setupTokens.id })
    if (rows.length === 0) throw refused()
  },
})
