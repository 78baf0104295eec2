/** What a one-time link does: it makes the first administrator, or sets the password of a user. */
import type { Database } from '../../database/connection.ts'
import { Problem } from '../../http/problem.ts'
import { hashPassword, requireUnlike } from '../password.ts'
import type { User, UserStore } from '../users/store.ts'
import { createSetupTokens, type SetupLink } from './tokens.ts'

export interface Setup {
  /** The link that makes the first administrator, in place of the one before; null where there are users. */
  first(): Promise<SetupLink | null>
  /** The link by which a user chooses a password. What was theirs until then, password and login sessions, ends at once. */
  forUser(id: string): Promise<SetupLink>
  /**
   * Uses a link up.
   *
   * @param options.name of the first administrator; a user has one already
   * @throws {Problem} 403 SETUP_LINK_REFUSED, 400 INVALID_REQUEST
   */
  complete(options: {
    readonly secret: string
    readonly password: string
    readonly name?: string | undefined
    readonly displayName?: string | undefined
  }): Promise<User>
}

const nameMissing = (): Problem => {
  const message = 'expected the name of the first administrator'
  return new Problem(400, 'INVALID_REQUEST', `body.name: ${message}`, {
    errors: [{ path: 'body.name', message }],
  })
}

export function createSetup(db: Database, users: UserStore): Setup {
  const tokens = createSetupTokens(db)

  async function makeFirst(
    secret: string,
    name: string,
    displayName: string,
    password: string,
  ): Promise<User> {
    requireUnlike(password, name)
    const passwordHash = await hashPassword(password)
    return db.transaction(async (transaction) => {
      const tx = transaction as unknown as Database
      await tokens.use(secret, tx)
      return users.createFirst({ name, displayName, roles: ['admin'], passwordHash }, tx)
    })
  }

  async function choose(secret: string, userId: string, password: string): Promise<User> {
    const user = await users.find(userId)
    if (user) requireUnlike(password, user.name)
    const hash = await hashPassword(password)
    const changed = await users.setPassword(userId, hash, { check: (_, tx) => tokens.use(secret, tx) })
    if (changed) return changed
    throw new Problem(403, 'SETUP_LINK_REFUSED', 'This link was used, has expired, or was never made.')
  }

  return {
    first: async () => ((await users.any()) ? null : tokens.issue(null)),
    forUser: (id) => tokens.issue(id),
    async complete({ secret, password, name, displayName }) {
      const userId = await tokens.owner(secret)
      if (userId !== null) return choose(secret, userId, password)
      if (name === undefined) throw nameMissing()
      return makeFirst(secret, name, displayName ?? name, password)
    },
  }
}
