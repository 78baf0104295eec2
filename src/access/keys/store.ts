/** API keys at rest. */
import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm'
import type { CacheSystem } from '../../cache/system.ts'
import type { Database } from '../../database/connection.ts'
import { violatedConstraint } from '../../database/constraint.ts'
import { Problem } from '../../http/problem.ts'
import { concerning } from '../../identity/acting.ts'
import { keyChanged } from '../changed.ts'
import { apiKey, hashSecret, newSecret } from '../secret.ts'
import { apiKeys } from '../tables.ts'

export type ApiKey = typeof apiKeys.$inferSelect

/** A key as it is made. */
export interface NewApiKey {
  readonly name: string
  readonly permissions: readonly string[]
  /** Codes; null: all. */
  readonly patients: readonly string[] | null
  /** Null: never. */
  readonly expiresAt: Date | null
}

export interface KeyStore {
  /**
   * @param createdBy id of a user; null where it is none
   * @returns the key, and the text that lab software sends: it is known to nobody afterwards
   * @throws {Problem} 409 KEY_NAME_TAKEN
   */
  create(key: NewApiKey, createdBy: string | null): Promise<{ readonly key: ApiKey; readonly text: string }>
  /** Newest first; `after` is the last id of the page before. @param limit entries at most */
  list(limit: number, after?: string): Promise<ApiKey[]>
  find(id: string): Promise<ApiKey | undefined>
  /** The one that is not revoked. */
  byName(name: string): Promise<ApiKey | undefined>
  /** Revokes it, before it resolves, on every node. @returns it as it is then; undefined where there is none */
  revoke(id: string): Promise<ApiKey | undefined>
}

export function createKeyStore(db: Database, { announce }: Pick<CacheSystem, 'announce'>): KeyStore {
  const find = async (id: string): Promise<ApiKey | undefined> =>
    (await db.select().from(apiKeys).where(eq(apiKeys.id, id)))[0]

  return {
    async create({ name, permissions, patients, expiresAt }, createdBy) {
      const id = Bun.randomUUIDv7()
      const secret = newSecret()
      concerning({ kind: 'key', id })
      try {
        const [key] = await db
          .insert(apiKeys)
          .values({
            id,
            name,
            secretHash: hashSecret(secret),
            permissions: [...permissions],
            patients: patients && [...patients],
            expiresAt,
            createdBy,
          })
          .returning()
        return { key: key as ApiKey, text: apiKey({ id, secret }) }
      } catch (error) {
        if (violatedConstraint(error) !== 'api_keys_name_taken') throw error
        throw new Problem(409, 'KEY_NAME_TAKEN', 'There is a key of this name; revoke it, or choose another.')
      }
    },
    list: (limit, after) =>
      db
        .select()
        .from(apiKeys)
        .where(after === undefined ? undefined : lt(apiKeys.id, after))
        .orderBy(desc(apiKeys.id))
        .limit(limit),
    find,
    byName: async (name) =>
      (
        await db
          .select()
          .from(apiKeys)
          .where(and(eq(apiKeys.name, name), isNull(apiKeys.revokedAt)))
      )[0],
    async revoke(id) {
      concerning({ kind: 'key', id })
      const bump = await db.transaction(async (transaction) => {
        const tx = transaction as unknown as Database
        const rows = await tx
          .update(apiKeys)
          .set({ revokedAt: sql`clock_timestamp()` })
          .where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
          .returning({ id: apiKeys.id })
        return rows.length > 0 ? announce([keyChanged(id)], tx) : null
      })
      await bump?.settled()
      return find(id)
    },
  }
}
