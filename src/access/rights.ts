/** What somebody may do, and whose records they may see, made from roles or from a key. */
import { createHash } from 'node:crypto'
import type { Identity } from '../identity/identity.ts'
import type { Role } from '../identity/permission.ts'
import { type Catalogue, OWN_ACCOUNT, permissionsOfRole } from './permissions.ts'

/** The part of an {@link Identity} that says what it may. */
export type Rights = Pick<Identity, 'roles' | 'permissions' | 'scope' | 'pseudonymous'>

/** Nothing at all, but to use the own account. */
const nothing = (roles: readonly string[]): Rights => ({
  roles,
  permissions: new Set([OWN_ACCOUNT]),
  scope: { patients: [] },
  pseudonymous: true,
})

/**
 * The rights of a user. Roles that are not there any more give nothing. Of roles that see differently, the narrower view
 * holds: a permission of one shall not reach the patients of the other.
 */
export function rightsOfUser(
  { name, roles: names }: { readonly name: string; readonly roles: readonly string[] },
  catalogue: Catalogue,
): Rights {
  const roles = catalogue.roles.filter((role) => names.includes(role.name))
  if (roles.length === 0) return nothing(names)
  const given = roles.map((role) => permissionsOfRole(role, catalogue))
  if (given.includes('all')) return { roles: names, permissions: 'all', scope: 'all', pseudonymous: false }
  return {
    roles: names,
    permissions: new Set(given.flat()),
    scope: roles.every(({ sees }) => sees === 'all patients') ? 'all' : { therapist: name },
    pseudonymous: roles.some(({ pseudonymous = false }) => pseudonymous),
  }
}

/** The rights of a key: those it was given, of those that there are. */
export const rightsOfKey = (
  key: { readonly permissions: readonly string[]; readonly patients: readonly string[] | null },
  { permissions }: Catalogue,
): Rights => ({
  roles: ['service'],
  permissions: new Set([
    OWN_ACCOUNT,
    ...permissions.map(({ name }) => name).filter((name) => key.permissions.includes(name)),
  ]),
  scope: key.patients === null ? 'all' : { patients: key.patients },
  pseudonymous: false,
})

/** Another text when any of the rights is another. */
export function editionOf({ permissions, scope, pseudonymous }: Rights): string {
  const named = permissions === 'all' ? permissions : [...permissions].sort()
  const text = JSON.stringify([named, scope, pseudonymous])
  return createHash('sha256').update(text).digest('base64url').slice(0, 16)
}

/**
 * Whether somebody has all that another one has, or would have: nobody gives what they do not have, nor takes the
 * account over of somebody who may more.
 */
export function covers(own: Omit<Rights, 'roles'>, other: Rights): boolean {
  if (own.permissions === 'all') return true
  if (other.permissions === 'all' || own.scope !== 'all' || (own.pseudonymous && !other.pseudonymous))
    return false
  return other.permissions.isSubsetOf(own.permissions)
}

/** Why roles cannot be held by one user; undefined where they can. */
export function rolesConflict(roles: readonly Role[]): string | undefined {
  if (roles.some(({ name }) => name === 'admin')) return undefined
  const [first, ...rest] = roles
  const differing = rest.find(
    ({ sees, pseudonymous = false }) =>
      sees !== first?.sees || pseudonymous !== (first.pseudonymous ?? false),
  )
  return differing && `${first?.name} and ${differing.name} see patients differently: they take two users`
}
