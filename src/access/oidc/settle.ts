/** Which user a login by the provider is of, with the roles that the provider gives now. */
import { isProblem, Problem } from '../../http/problem.ts'
import { type Acting, act, acting } from '../../identity/acting.ts'
import { SYSTEM } from '../../identity/identity.ts'
import { requireRoles } from '../authority.ts'
import type { Catalogue } from '../permissions.ts'
import type { User, UserStore } from '../users/store.ts'
import { type Claims, claimAt, displayNameOf, loginNameOf, rolesOf } from './claims.ts'
import type { OidcSettings } from './settings.ts'
import type { SubjectStore } from './subjects.ts'

/**
 * Settles whom to let in. Who it is at the provider is beyond doubt by then.
 *
 * @param found the user that is linked to the subject
 * @throws {Problem} 403 OIDC_USER_UNKNOWN, 403 OIDC_USER_DISABLED, 403 OIDC_ROLES_REFUSED, 409 LAST_ADMINISTRATOR
 */
export type Settle = (claims: Claims, subject: string, found: User | undefined) => Promise<User>

export interface SettleOptions {
  readonly settings: OidcSettings
  readonly users: UserStore
  readonly subjects: SubjectStore
  readonly catalogue: () => Catalogue
}

/** Runs a change that follows from what the provider says: the server's doing, recorded as such. */
const bySystem = <T>(work: () => T): T =>
  act(
    {
      ...(acting() as Acting),
      identity: SYSTEM,
      isKnown: true,
      action: 'users:manage',
      changes: true,
      records: [],
      recorded: 0,
      isSaid: false,
    },
    work,
  )

const sameRoles = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((role) => b.includes(role))

export function createSettle({ settings, users, subjects, catalogue }: SettleOptions): Settle {
  const { nameClaim, rolesClaim, roles: grants, createUsers } = settings

  /** Why roles cannot be had by a user; undefined where they can. */
  function whyNot(roles: readonly string[]): string | undefined {
    if (roles.length === 0)
      return `The provider gives you no role here: ${rolesClaim} has none of OIDC_ROLES.`
    try {
      requireRoles(roles, catalogue())
      return undefined
    } catch (error) {
      if (isProblem(error)) return `The provider gives you roles that cannot be had: ${error.message}`
      throw error
    }
  }

  function unknown(subject: string, why: string): Problem {
    const how = `an administrator links a user by: myoserve user link NAME ${subject}`
    return new Problem(403, 'OIDC_USER_UNKNOWN', `${why}; ${how}`)
  }

  async function make(claims: Claims, subject: string, roles: readonly string[]): Promise<User> {
    const name = loginNameOf(claimAt(claims, nameClaim))
    if (name === undefined) throw unknown(subject, `The provider names you by no ${nameClaim} that fits`)
    // Whoever comes first shall not keep the first administrator from being made.
    if (!roles.includes('admin') && !(await users.any())) {
      throw unknown(subject, 'There is no administrator yet')
    }
    const user = { name, displayName: displayNameOf(claims, name), roles, passwordHash: null }
    try {
      return await bySystem(() => subjects.create(user, subject))
    } catch (error) {
      // That the names are the same does not make them the same person.
      if (!isProblem(error) || error.code !== 'USER_NAME_TAKEN') throw error
      throw unknown(subject, `There is another user of the name ${name}`)
    }
  }

  return async (claims, subject, found) => {
    if (found?.disabled) throw new Problem(403, 'OIDC_USER_DISABLED', 'You may not log in here any more.')
    if (!found && !createUsers) throw unknown(subject, 'No user here is linked to you')
    if (!grants) return found ?? make(claims, subject, [])
    const given = rolesOf(claimAt(claims, rolesClaim), grants)
    const why = whyNot(given)
    const roles = why === undefined ? given : []
    // Who has lost all roles loses them in the login sessions that there are, too.
    if (found && !sameRoles(found.roles, roles)) await bySystem(() => users.update(found.id, { roles }))
    if (why !== undefined) throw new Problem(403, 'OIDC_ROLES_REFUSED', why)
    return found ?? make(claims, subject, roles)
  }
}
