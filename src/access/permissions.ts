/** The permissions and roles that there are: the host's own, and those of the plugins. */
import { type Permission, ROLES, type Role } from '../identity/permission.ts'

/** What everybody has who is somebody: to see who one is, and to change one's own password. */
export const OWN_ACCOUNT = 'account:use'

/** The permissions of the routes of this folder. */
export const ACCESS_PERMISSIONS: readonly Permission[] = [
  { name: OWN_ACCOUNT, summary: 'Use the own account: everybody who logs in, and every key', roles: [] },
  { name: 'users:read', summary: 'See users, their roles and their login sessions', roles: [] },
  { name: 'users:manage', summary: 'Make, change, disable and remove users', roles: [] },
  { name: 'keys:read', summary: 'See the keys of lab software, without their secrets', roles: [] },
  { name: 'keys:manage', summary: 'Make and revoke keys', roles: [] },
]

/** All that there is to be given. */
export interface Catalogue {
  readonly permissions: readonly Permission[]
  readonly roles: readonly Role[]
}

/** Whoever declares a name first says what it is: nobody widens what is another's. */
const firstOfEach = <T extends { readonly name: string }>(all: readonly T[]): T[] =>
  all.filter(({ name }, i) => all.findIndex((each) => each.name === name) === i)

/** @param more permissions of the host beside those of this folder, then those of plugins */
export const catalogueOf = (more: readonly Permission[], roles: readonly Role[]): Catalogue => ({
  permissions: firstOfEach([...ACCESS_PERMISSIONS, ...more]),
  roles: firstOfEach([...ROLES, ...roles]),
})

/** `service` is for keys: it has no permission of its own. */
export const isForUsers = ({ name }: Role): boolean => name !== 'service'

/** The names of the permissions of a role; that of an administrator has all. */
export function permissionsOfRole(role: Role, { permissions }: Catalogue): 'all' | string[] {
  if (role.name === 'admin') return 'all'
  const named = permissions.filter(({ roles }) => roles.includes(role.name)).map(({ name }) => name)
  return [...new Set([OWN_ACCOUNT, ...named, ...(role.permissions ?? [])])]
}
