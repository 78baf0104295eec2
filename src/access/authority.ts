/** What somebody may give to others: never more than they have. */
import { Problem } from '../http/problem.ts'
import type { Identity } from '../identity/identity.ts'
import { type Catalogue, isForUsers, OWN_ACCOUNT } from './permissions.ts'
import { covers, type Rights, rightsOfUser, rolesConflict } from './rights.ts'

/**
 * @param who has the other rights, or would have them
 * @throws {Problem} 403 PERMISSION_DENIED
 */
export function requireCover(own: Identity, other: Rights, who: string): void {
  if (covers(own, other)) return
  throw new Problem(403, 'PERMISSION_DENIED', `${own.name} lacks permissions that ${who} has.`)
}

/** @throws {Problem} 422 ROLE_UNKNOWN, 422 ROLES_CONFLICT */
export function requireRoles(names: readonly string[], { roles }: Catalogue): void {
  const known = roles.filter(isForUsers)
  const unknown = names.find((name) => !known.some((role) => role.name === name))
  if (unknown !== undefined) {
    const there = known.map(({ name }) => name).join(', ')
    throw new Problem(422, 'ROLE_UNKNOWN', `There is no role ${unknown} for users; there are ${there}.`)
  }
  const conflict = rolesConflict(known.filter(({ name }) => names.includes(name)))
  if (conflict !== undefined) throw new Problem(422, 'ROLES_CONFLICT', `The roles ${conflict}.`)
}

/** @throws {Problem} 422 PERMISSION_UNKNOWN */
export function requirePermissions(names: readonly string[], { permissions }: Catalogue): void {
  const unknown = names.find(
    (name) => name === OWN_ACCOUNT || !permissions.some((each) => each.name === name),
  )
  if (unknown === undefined) return
  throw new Problem(422, 'PERMISSION_UNKNOWN', `There is no permission ${unknown} to be given.`)
}

/** @throws {Problem} 403 PERMISSION_DENIED where a user may more than who changes it */
export const requireCoverOfUser = (
  own: Identity,
  user: { readonly name: string; readonly roles: readonly string[] },
  catalogue: Catalogue,
): void => requireCover(own, rightsOfUser(user, catalogue), user.name)
