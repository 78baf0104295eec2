/** Who is who at the provider, at rest. */
import { and, eq } from 'drizzle-orm'
import type { Database } from '../../database/connection.ts'
import { violatedConstraint } from '../../database/constraint.ts'
import { Problem } from '../../http/problem.ts'
import { concerning } from '../../identity/acting.ts'
import type { NewUser, User, UserStore } from '../users/store.ts'
import { oidcSubjects } from './tables.ts'

/** A user as a provider knows it. */
export interface SubjectLink {
  readonly subject: string
  readonly linkedAt: Date
}

export interface SubjectStore {
  /** The user of a subject. */
  userOf(subject: string): Promise<User | undefined>
  /** The subject of a user. */
  find(userId: string): Promise<SubjectLink | undefined>
  /**
   * Links a user to a subject, in place of the one before.
   *
   * @returns whether that is another one
   * @throws {Problem} 409 OIDC_SUBJECT_TAKEN
   */
  link(userId: string, subject: string): Promise<boolean>
  /** @returns whether there was a link */
  unlink(userId: string): Promise<boolean>
  /**
   * Makes a user with its link, or answers who was made for the same subject meanwhile.
   *
   * @throws {Problem} 409 USER_NAME_TAKEN
   */
  create(user: NewUser, subject: string): Promise<User>
}

/** @param issuer links of another issuer count for nothing */
export function createSubjectStore(db: Database, issuer: string, users: UserStore): SubjectStore {
  const ofUser = (userId: string) => and(eq(oidcSubjects.issuer, issuer), eq(oidcSubjects.userId, userId))

  async function userOf(subject: string): Promise<User | undefined> {
    const [row] = await db
      .select({ userId: oidcSubjects.userId })
      .from(oidcSubjects)
      .where(and(eq(oidcSubjects.issuer, issuer), eq(oidcSubjects.subject, subject)))
    return row && users.find(row.userId)
  }

  async function find(userId: string): Promise<SubjectLink | undefined> {
    const [row] = await db
      .select({ subject: oidcSubjects.subject, linkedAt: oidcSubjects.linkedAt })
      .from(oidcSubjects)
      .where(ofUser(userId))
    return row
  }

  return {
    userOf,
    find,
    async link(userId, subject) {
      concerning({ kind: 'user', id: userId })
      if ((await find(userId))?.subject === subject) return false
      try {
        const linkedAt = new Date()
        await db
          .insert(oidcSubjects)
          .values({ issuer, subject, userId, linkedAt })
          .onConflictDoUpdate({
            target: [oidcSubjects.userId, oidcSubjects.issuer],
            set: { subject, linkedAt },
          })
        return true
      } catch (error) {
        if (violatedConstraint(error) !== 'oidc_subjects_taken') throw error
        throw new Problem(409, 'OIDC_SUBJECT_TAKEN', 'This subject is linked to another user.')
      }
    },
    async unlink(userId) {
      concerning({ kind: 'user', id: userId })
      const rows = await db
        .delete(oidcSubjects)
        .where(ofUser(userId))
        .returning({ userId: oidcSubjects.userId })
      return rows.length > 0
    },
    async create(user, subject) {
      try {
        return await db.transaction(async (transaction) => {
          const tx = transaction as unknown as Database
          const made = await users.create(user, tx)
          await tx.insert(oidcSubjects).values({ issuer, subject, userId: made.id })
          return made
        })
      } catch (error) {
        const other = await userOf(subject)
        if (other) return other
        throw error
      }
    },
  }
}
