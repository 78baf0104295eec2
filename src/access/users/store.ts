/** Users at rest. */
import { and, desc, eq, lt, sql } from 'drizzle-orm'
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core'
import type { CacheSystem } from '../../cache/system.ts'
import type { Database } from '../../database/connection.ts'
import { violatedConstraint } from '../../database/constraint.ts'
import { type Expected, requireVersion } from '../../http/precondition.ts'
import { Problem } from '../../http/problem.ts'
import { concerning } from '../../identity/acting.ts'
import { sessionChanged } from '../changed.ts'
import { endLoginSessions } from '../login/sessions.ts'
import { setupTokens, users } from '../tables.ts'

/** With the hash of the password: for this folder alone. */
export type UserRow = typeof users.$inferSelect

/** A user, for people. */
export interface User {
  readonly id: string
  readonly name: string
  readonly displayName: string
  readonly roles: readonly string[]
  readonly disabled: boolean
  readonly hasPassword: boolean
  readonly version: number
  readonly createdAt: Date
  readonly passwordChangedAt: Date | null
}

export interface NewUser {
  /** In lower case. */
  readonly name: string
  readonly displayName: string
  readonly roles: readonly string[]
  /** Of argon2id; null: none yet. */
  readonly passwordHash: string | null
}

/** What is absent stays as it is. */
export interface UserChanges {
  readonly displayName?: string | undefined
  readonly roles?: readonly string[] | undefined
  readonly disabled?: boolean | undefined
}

/** What a change depends on beside the change itself. */
export interface ChangeOptions {
  readonly expected?: Expected | undefined
  /** Looks at the user as it is, locked, in the transaction of the change, and may throw. */
  check?(user: User, tx: Database): void | Promise<void>
}

export interface UserStore {
  /** Whether there is any. */
  any(): Promise<boolean>
  /** @param tx a transaction that it is part of @throws {Problem} 409 USER_NAME_TAKEN */
  create(user: NewUser, tx?: Database): Promise<User>
  /** The first of all, in a transaction. @throws {Problem} 409 SETUP_DONE */
  createFirst(user: NewUser, tx: Database): Promise<User>
  /** Newest first; `after` is the last id of the page before. @param limit entries at most */
  list(limit: number, after?: string): Promise<User[]>
  find(id: string): Promise<User | undefined>
  /** With the hash of the password. */
  byName(name: string): Promise<UserRow | undefined>
  /**
   * One who is disabled loses all login sessions, and an open link; one who gets other roles, an open link.
   *
   * @returns the user as it is then, once every node goes by that
   * @throws {Problem} 412 VERSION_MISMATCH, 409 LAST_ADMINISTRATOR
   */
  update(id: string, changes: UserChanges, options?: ChangeOptions): Promise<User | undefined>
  /**
   * Sets a password, or takes it away, and ends the login sessions and the one-time link of the user.
   *
   * @param options.except a login session that stays
   * @throws {Problem} 412 VERSION_MISMATCH
   */
  setPassword(
    id: string,
    passwordHash: string | null,
    options?: ChangeOptions & { readonly except?: string | undefined },
  ): Promise<User | undefined>
  /** @throws {Problem} 412 VERSION_MISMATCH, 409 LAST_ADMINISTRATOR @returns whether there was one */
  remove(id: string, options?: ChangeOptions): Promise<boolean>
}

export const userOf = ({ passwordHash, revision: _, ...rest }: UserRow): User => ({
  ...rest,
  hasPassword: passwordHash !== null,
})

/** First key of the advisory lock under which administrators come and go. */
const LOCK = 6853

const isAdministrator = ({ roles, disabled }: Pick<User, 'roles' | 'disabled'>): boolean =>
  roles.includes('admin') && !disabled

/** Whoever changes who is an administrator waits for others that do. */
const lockAdministrators = (tx: Database) => tx.execute(sql`select pg_advisory_xact_lock(${LOCK}, 0)`)

/** @throws {Problem} 409 LAST_ADMINISTRATOR */
async function requireAdministrator(tx: Database): Promise<void> {
  const [row] = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.disabled, false), sql`'admin' = any(${users.roles})`))
    .limit(1)
  if (row) return
  throw new Problem(409, 'LAST_ADMINISTRATOR', 'Nobody would be left who can run the server.')
}

async function insert({ roles, ...user }: NewUser, db: Database): Promise<User> {
  const id = Bun.randomUUIDv7()
  concerning({ kind: 'user', id })
  try {
    const [row] = await db
      .insert(users)
      .values({
        ...user,
        id,
        roles: [...roles],
        passwordChangedAt: user.passwordHash === null ? null : sql`clock_timestamp()`,
      })
      .returning()
    return userOf(row as UserRow)
  } catch (error) {
    if (violatedConstraint(error) !== 'users_name_taken') throw error
    throw new Problem(409, 'USER_NAME_TAKEN', 'There is a user of this name.')
  }
}

export function createUserStore(db: Database, { announce }: Pick<CacheSystem, 'announce'>): UserStore {
  /** Changes a user under its lock, and returns when no node goes by what was before. */
  async function change<T>(
    id: string,
    { expected, check }: ChangeOptions,
    work: (before: User, tx: Database) => Promise<T>,
  ): Promise<T | undefined> {
    concerning({ kind: 'user', id })
    const done = await db.transaction(async (transaction) => {
      const tx = transaction as unknown as Database
      await lockAdministrators(tx)
      const [row] = await tx.select().from(users).where(eq(users.id, id)).for('update')
      if (!row) return null
      requireVersion(expected, row.version)
      const before = userOf(row)
      await check?.(before, tx)
      const value = await work(before, tx)
      if (isAdministrator(before)) await requireAdministrator(tx)
      return { value, bump: await announce([sessionChanged(id)], tx) }
    })
    await done?.bump.settled()
    return done?.value
  }

  const set = async (before: User, changes: PgUpdateSetSource<typeof users>, tx: Database): Promise<User> => {
    const [row] = await tx
      .update(users)
      .set({ ...changes, version: before.version + 1 })
      .where(eq(users.id, before.id))
      .returning()
    return userOf(row as UserRow)
  }

  return {
    any: async () => (await db.select({ id: users.id }).from(users).limit(1)).length > 0,
    create: (user, tx = db) => insert(user, tx),
    async createFirst(user, tx) {
      await lockAdministrators(tx)
      if ((await tx.select({ id: users.id }).from(users).limit(1)).length > 0) {
        throw new Problem(409, 'SETUP_DONE', 'There are users already.')
      }
      return insert(user, tx)
    },
    async list(limit, after) {
      const rows = await db
        .select()
        .from(users)
        .where(after === undefined ? undefined : lt(users.id, after))
        .orderBy(desc(users.id))
        .limit(limit)
      return rows.map(userOf)
    },
    async find(id) {
      const [row] = await db.select().from(users).where(eq(users.id, id))
      return row && userOf(row)
    },
    byName: async (name) => (await db.select().from(users).where(eq(users.name, name)))[0],
    update: (id, { displayName, roles, disabled }, options = {}) =>
      change(id, options, async (before, tx) => {
        if (disabled) await endLoginSessions(id, tx)
        // Whoever made a link for what the user could do then shall not have the user's rights of now by it.
        const mayElse =
          roles !== undefined && new Set(roles).symmetricDifference(new Set(before.roles)).size > 0
        if (disabled || mayElse) await tx.delete(setupTokens).where(eq(setupTokens.userId, id))
        return set(
          before,
          {
            ...(displayName === undefined ? {} : { displayName }),
            ...(roles === undefined ? {} : { roles: [...roles] }),
            ...(disabled === undefined ? {} : { disabled }),
          },
          tx,
        )
      }),
    setPassword: (id, passwordHash, { except, ...options } = {}) =>
      change(id, options, async (before, tx) => {
        await endLoginSessions(id, tx, except)
        await tx.delete(setupTokens).where(eq(setupTokens.userId, id))
        const passwordChangedAt = passwordHash === null ? null : sql`clock_timestamp()`
        return set(before, { passwordHash, passwordChangedAt }, tx)
      }),
    async remove(id, options = {}) {
      const removed = await change(id, options, async (before, tx) => {
        await tx.delete(users).where(eq(users.id, before.id))
        return true
      })
      return removed ?? false
    },
  }
}
