/** Opens the vault of a server: its keys, held against those that its database is sealed by. */
import { join } from 'node:path'
import type { HostConfig } from '../config/schema.ts'
import type { Database } from '../database/connection.ts'
import { EXIT, Failure, isFailure } from '../exit.ts'
import type { Logger } from '../observe/log.ts'
import type { DataFolder } from '../storage/data-folder.ts'
import { keyUses } from './columns.ts'
import { keysOfCommand } from './key-command.ts'
import { makeKeyFile, readKeyFile } from './key-file.ts'
import { aloneWithKeys, registeredKeys, registerKeys } from './registry.ts'
import type { KeyRing } from './ring.ts'
import type { SealedColumn } from './sealed-column.ts'
import { createVault, type KeySource, locked, type Vault } from './vault.ts'

/** Where the keys of an installation are. */
export type KeyPlace =
  | { readonly kind: 'command'; readonly command: string }
  /** `shared`: several nodes have it, and somebody has put it there. */
  | { readonly kind: 'file'; readonly path: string; readonly shared: boolean }

/** @throws {Failure} 78 where both are set */
export function keyPlace(
  { vaultKeyFile, vaultKeyCommand }: Pick<HostConfig, 'vaultKeyFile' | 'vaultKeyCommand'>,
  { keys }: Pick<DataFolder, 'keys'>,
): KeyPlace {
  if (vaultKeyFile !== undefined && vaultKeyCommand !== undefined) {
    throw new Failure(
      EXIT.badConfiguration,
      'VAULT_KEY_FILE and VAULT_KEY_COMMAND are both set; set one of them',
    )
  }
  if (vaultKeyCommand !== undefined) return { kind: 'command', command: vaultKeyCommand }
  return vaultKeyFile === undefined
    ? { kind: 'file', path: join(keys, 'vault.keys'), shared: false }
    : { kind: 'file', path: vaultKeyFile, shared: true }
}

/** How people know the place of the keys. */
export const placeName = (place: KeyPlace): string =>
  place.kind === 'command' ? 'what VAULT_KEY_COMMAND prints' : place.path

/** Keys of a file, read again when it was changed: a rotation adds one while servers run. */
function followFile(path: string, shared: boolean): KeySource {
  let last = { ring: [] as KeyRing, edition: '' }
  return {
    ring() {
      try {
        last = readKeyFile(path, shared) ?? last
      } catch (error) {
        // A file that is gone or broken now takes nothing from a server that has its keys.
        if (last.ring.length === 0 || !isFailure(error)) throw error
      }
      return last.ring
    },
  }
}

/** The keys of a place as they are now; none where its file is not there. @throws {Failure} 78 */
export async function keySource(place: KeyPlace): Promise<KeySource> {
  if (place.kind === 'file') return followFile(place.path, place.shared)
  const ring = await keysOfCommand(place.command)
  return { ring: () => ring }
}

const lacks = (ids: readonly string[], place: KeyPlace): string =>
  `the database is sealed by ${ids.length === 1 ? 'the key' : 'the keys'} ${ids.join(', ')}, not in ${placeName(place)}: put ${ids.length === 1 ? 'it' : 'them'} back from the backup, or let VAULT_KEY_FILE name the file of the node that made ${ids.length === 1 ? 'it' : 'them'}`

/**
 * Holds the keys against the database, and makes the first one where nothing is sealed yet.
 *
 * @returns why nothing can be sealed or opened here; undefined where it can
 * @throws {Failure} 78 where something is sealed by a key that is not there; nothing is changed then
 */
async function settle(
  db: Database,
  place: KeyPlace,
  source: KeySource,
  columns: readonly SealedColumn[],
): Promise<string | undefined> {
  return aloneWithKeys(db, async (tx) => {
    const registered = await registeredKeys(tx)
    if (source.ring().length === 0 && registered.length === 0 && place.kind === 'file') {
      await makeKeyFile(place.path)
    }
    const held = new Set(source.ring().map(({ id }) => id))
    const used = (await keyUses(tx, columns)).flatMap(({ key }) => key ?? [])
    const missing = [...new Set([...registered, ...used])].filter((id) => !held.has(id))
    if (missing.length === 0) {
      await registerKeys(tx, [...held])
      return undefined
    }
    const lost = missing.filter((id) => used.includes(id))
    if (lost.length > 0) throw new Failure(EXIT.badConfiguration, lacks(lost, place))
    return `${lacks(missing, place)}; where nobody has ${missing.length === 1 ? 'it' : 'them'} any more, run \`myoserve vault forget ${missing[0]}\``
  })
}

/**
 * Opens the vault of a server on a migrated database.
 *
 * @param columns those that plugins have sealed
 * @throws {Failure} 78 where the keys are not those that something is sealed by
 */
export async function openVault(options: {
  readonly host: HostConfig
  readonly folder: DataFolder
  readonly db: Database
  readonly columns: readonly SealedColumn[]
  readonly log: Logger
}): Promise<Vault> {
  const { host, folder, db, columns, log } = options
  const place = keyPlace(host, folder)
  const source = await keySource(place)
  const reason = await settle(db, place, source, columns)
  if (reason === undefined) return createVault(source)
  log.warn({ reason }, 'vault: nothing can be sealed or opened by this server')
  const refuse = (): never => {
    throw locked('This server does not have the keys that this is sealed by; its log says which.')
  }
  return createVault({ ring: refuse })
}
