/** What `myoserve key` does. */

import * as v from 'valibot'
import type { Access } from '../../access/access.ts'
import { requirePermissions } from '../../access/authority.ts'
import { KeyName, KeyPermissions, keyResource, PatientCodes } from '../../access/keys/resource.ts'
import type { ApiKey } from '../../access/keys/store.ts'
import { Id } from '../../access/names.ts'
import { duration } from '../../config/setting.ts'
import { EXIT, Failure } from '../../exit.ts'
import { clean } from '../../terminal/text.ts'
import type { Action } from '../actions.ts'
import { valid, words } from '../given.ts'
import { useAccess } from '../use-access.ts'

export const addKey: Action = (program, { args, options, terminal }) => {
  const { permission, patients, expires } = options
  if (typeof permission !== 'string') {
    throw new Failure(EXIT.usage, 'add takes --permission, such as --permission recordings:read')
  }
  const key = {
    name: valid('the name', KeyName, args[0]),
    permissions: valid('--permission', KeyPermissions, words(permission)),
    patients: typeof patients === 'string' ? valid('--patients', PatientCodes, words(patients)) : null,
    expiresAt:
      typeof expires === 'string' ? new Date(Date.now() + valid('--expires', duration, expires)) : null,
  }
  return useAccess(program, 'keys:manage', 'COMMAND key add', async (access) => {
    requirePermissions(key.permissions, access.catalogue())
    const { text } = await access.keys.create(key, null)
    terminal.err('Send it as `Authorization: Bearer KEY`. It is not shown again:\n')
    terminal.out(`${text}\n`)
    return EXIT.ok
  })
}

async function* allKeys({ keys }: Access): AsyncGenerator<ApiKey> {
  for (let after: string | undefined; ; ) {
    const page = await keys.list(200, after)
    yield* page
    after = page.at(-1)?.id
    if (after === undefined) return
  }
}

function stateOf({ revokedAt, expiresAt, lastUsedAt }: ApiKey): string {
  if (revokedAt) return `revoked ${revokedAt.toISOString()}`
  if (expiresAt && expiresAt.getTime() <= Date.now()) return `expired ${expiresAt.toISOString()}`
  const until = expiresAt ? `until ${expiresAt.toISOString()}` : 'for ever'
  return `${until}, ${lastUsedAt ? `used ${lastUsedAt.toISOString()}` : 'never used'}`
}

export const listKeys: Action = (program, { options, terminal }) =>
  useAccess(program, 'keys:read', 'COMMAND key list', async (access) => {
    const all = await Array.fromAsync(allKeys(access))
    if (options.json) terminal.out(`${JSON.stringify(all.map(keyResource), null, 2)}\n`)
    else {
      for (const key of all.toReversed()) {
        const patients = key.patients ? key.patients.join(', ') : 'all patients'
        terminal.out(
          `${key.id}  ${clean(key.name)}  ${key.permissions.join(', ')}  ${patients}  ${stateOf(key)}\n`,
        )
      }
    }
    return EXIT.ok
  })

export const revokeKey: Action = (program, { args: [given = ''], terminal }) =>
  useAccess(program, 'keys:manage', 'COMMAND key revoke', async (access) => {
    const id = v.is(Id, given) ? given : (await access.keys.byName(given))?.id
    const key = id === undefined ? undefined : await access.keys.revoke(id)
    if (!key)
      throw new Failure(EXIT.badData, `there is no key "${clean(given)}"; \`myoserve key list\` has them all`)
    terminal.out(`${clean(key.name)} is revoked\n`)
    return EXIT.ok
  })
