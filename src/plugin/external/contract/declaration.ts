/** Its declaration, and its place among the others. */
import { messageOf } from '../../../exit.ts'
import { permissionNames } from '../../../identity/permission.ts'
import { checkPlugins } from '../../checks.ts'
import { isPlugin } from '../../define.ts'
import { checkDeclaration } from '../declaration.ts'
import { checkNames } from '../load.ts'
import type { ContractCase } from './case.ts'

const permissionFaults = (permissions: readonly string[]): string[] =>
  permissions
    .filter((permission, i) => permissions.indexOf(permission) !== i)
    .map((permission) => `it declares the permission ${permission} twice`)

export const declared: ContractCase = {
  title: 'its declaration is valid, and takes no name, setting or cache key of another plugin',
  async examine({ plugin, others }) {
    if (!isPlugin(plugin)) return ['it is not what definePlugin returns']
    const malformed = checkDeclaration(plugin)
    if (malformed !== undefined) return [malformed]
    const faults = permissionFaults(permissionNames(plugin.permissions))
    if (!plugin.summary.trim()) faults.push('its summary is empty')
    try {
      checkNames(plugin, others)
    } catch (error) {
      faults.push(messageOf(error))
    }
    const refusal = checkPlugins([...others, plugin]).find((each) => each.plugin === plugin)?.refusal
    return refusal === undefined ? faults : [...faults, refusal]
  },
}
