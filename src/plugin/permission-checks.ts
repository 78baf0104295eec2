/** What a plugin may declare of permissions and roles: it gives rights of its own, and widens nobody's. */
import { permissionNames, ROLES } from '../identity/permission.ts'
import type { Plugin } from './define.ts'

/**
 * The name of another's permission may stand as a guard of routes; who has it is for its owner to say.
 *
 * @param accepted the plugins before it
 * @returns the sentence that refuses the plugin, or undefined
 */
export function checkPermissions(plugin: Plugin, accepted: readonly Plugin[]): string | undefined {
  for (const each of plugin.permissions ?? []) {
    if (typeof each === 'string') continue
    const owner = accepted.find((other) => permissionNames(other.permissions).includes(each.name))
    if (owner) return `it says who has the permission ${each.name}, which is for ${owner.name} to say`
  }
  const names = (plugin.roles ?? []).map(({ name }) => name)
  for (const [i, name] of names.entries()) {
    if (names.indexOf(name) !== i) return `it declares the role ${name} twice`
    if (ROLES.some((role) => role.name === name)) return `its role ${name} is one of the host`
    const owner = accepted.find(({ roles = [] }) => roles.some((role) => role.name === name))
    if (owner) return `its role ${name} is one of ${owner.name}`
  }
  return undefined
}
