/** Who asks a test host: a user with roles, a key with permissions, nobody, or everybody. */
import { catalogueOf } from '../../access/permissions.ts'
import { editionOf, type Rights, rightsOfKey, rightsOfUser } from '../../access/rights.ts'
import type { Identity } from '../../identity/identity.ts'
import type { PluginHost } from '../host.ts'

/** Somebody who asks in a test; what is absent is as a server would have it. */
export interface TestIdentity {
  /** Their login name, by which records call a therapist; absent: `tester`. */
  readonly name?: string
  /** Roles of the host, or of plugins, with the permissions that plugins give them; absent: a key of lab software. */
  readonly roles?: readonly string[]
  /** Permissions of the key, or beside those of the roles. */
  readonly permissions?: readonly string[]
  /** Codes of the patients that they see; absent: those of their roles, and all of a key. */
  readonly patients?: readonly string[]
  /** Whether all that tells who a patient is stays hidden; absent: as their roles have it. */
  readonly pseudonymous?: boolean
}

/** @throws for what no plugin declares: a test with a slip of the pen would prove nothing */
function requireKnown(what: string, wanted: readonly string[], known: ReadonlyArray<{ name: string }>): void {
  const missing = wanted.find((each) => !known.some(({ name }) => name === each))
  if (missing !== undefined) {
    throw new Error(
      `there is no ${what} ${missing}: there are ${known.map(({ name }) => name).join(', ') || 'none'}`,
    )
  }
}

/** @throws {Error} for a role or permission that there is not */
export function testIdentity(
  { name = 'tester', roles, permissions = [], patients, pseudonymous }: TestIdentity,
  host: Pick<PluginHost, 'permissions' | 'roles'>,
): Identity {
  const catalogue = catalogueOf(host.permissions(), host.roles())
  requireKnown('permission', permissions, catalogue.permissions)
  requireKnown('role', roles ?? [], catalogue.roles)
  const key = rightsOfKey({ permissions, patients: patients ?? null }, catalogue)
  const user = roles && rightsOfUser({ name, roles }, catalogue)
  const rights: Rights = user
    ? {
        ...user,
        permissions:
          user.permissions === 'all' ? 'all' : user.permissions.union(key.permissions as Set<string>),
        scope: patients === undefined ? user.scope : { patients },
      }
    : key
  const own = { ...rights, ...(pseudonymous === undefined ? {} : { pseudonymous }) }
  const id = user ? `user:${name}` : `key:${name}`
  return { id, name, proof: user ? 'cookie' : 'key', ...own, edition: editionOf(own) }
}
