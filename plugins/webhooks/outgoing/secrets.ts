/** Secrets of subscriptions, sealed at rest. */
import { eq, sql } from 'drizzle-orm'
import { type Database, keyIdOf, sealedColumn, type Vault } from '../../../src/sdk.ts'
import { subscriptions } from '../tables.ts'

/** Where they stand. */
export const SECRET = sealedColumn(subscriptions.secret, subscriptions.id)

/**
 * Seals secrets that stand there in clear, as former releases have left them; does nothing where there are none.
 *
 * @returns how many were sealed
 * @throws {Problem} 503 VAULT_LOCKED where there are some, and no keys
 */
export const sealSecrets = (db: Database, vault: Vault): Promise<number> =>
  db.transaction(async (tx) => {
    const rows = await tx
      .select({ id: subscriptions.id, secret: subscriptions.secret })
      .from(subscriptions)
      .where(sql`${subscriptions.secret} !~ '^v1\\.[0-9a-f]{12}\\.'`)
      .for('update')
    const plain = rows.filter(({ secret }) => keyIdOf(secret) === undefined)
    for (const { id, secret } of plain) {
      await tx
        .update(subscriptions)
        .set({ secret: vault.seal(secret, SECRET.about(id)) })
        .where(eq(subscriptions.id, id))
    }
    return plain.length
  })
