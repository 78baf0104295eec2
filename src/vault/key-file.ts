/** The file of the keys: made once, added to, never written over in place. */
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs'
import { chmod, link, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { EXIT, Failure, messageOf } from '../exit.ts'
import { syncFolder } from '../storage/blobs.ts'
import { newVaultKey } from './key.ts'
import { type KeyRing, parseRing, printRing } from './ring.ts'

/** A file of keys as it was read. */
export interface KeyFile {
  readonly ring: KeyRing
  /** Another text when the file is another, or was changed. */
  readonly edition: string
  readonly mode: number
}

/** Others who may read it: anybody, or the group too where the file is ours alone. */
const OTHERS = 0o007
const GROUP_AND_OTHERS = 0o077

const editionOf = ({ ino, mtimeMs, size }: { ino: number; mtimeMs: number; size: number }): string =>
  `${ino} ${mtimeMs} ${size}`

/**
 * @param shared whether it was put there by somebody else, who may have given it to a group
 * @returns undefined where there is no such file
 * @throws {Failure} 78 where it cannot be read, is open to others, or holds no keys
 */
export function readKeyFile(path: string, shared: boolean): KeyFile | undefined {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new Failure(EXIT.badConfiguration, `cannot read the keys in ${path}: ${messageOf(cause)}`, {
      cause,
    })
  }
  try {
    const info = fstatSync(file)
    if (process.platform !== 'win32' && (info.mode & (shared ? OTHERS : GROUP_AND_OTHERS)) !== 0) {
      throw new Failure(
        EXIT.badConfiguration,
        `${path} holds the keys of the vault and is open to other users of this machine; run \`chmod 600 '${path}'\``,
      )
    }
    const ring = parseRing(readFileSync(file, 'utf8'))
    if (ring.length === 0) throw new Error('there is no key in it')
    return { ring, edition: editionOf(info), mode: info.mode & 0o777 }
  } catch (cause) {
    if (cause instanceof Failure) throw cause
    throw new Failure(
      EXIT.badConfiguration,
      `${path} does not hold the keys of the vault: ${messageOf(cause)}; put it back from its backup`,
      { cause },
    )
  } finally {
    closeSync(file)
  }
}

async function write(path: string, ring: KeyRing, mode: number, place: typeof rename): Promise<void> {
  const next = `${path}.${process.pid}.new`
  try {
    const file = await open(next, 'wx', 0o600)
    try {
      await file.writeFile(printRing(ring))
      await file.sync()
    } finally {
      await file.close()
    }
    await chmod(next, mode)
    await place(next, path)
    await syncFolder(dirname(path))
  } catch (cause) {
    throw new Failure(EXIT.cannotWrite, `cannot write the keys to ${path}: ${messageOf(cause)}`, { cause })
  } finally {
    await rm(next, { force: true })
  }
}

/** Makes the file, with a new key. One that is there already is left as it is. */
export async function makeKeyFile(path: string): Promise<void> {
  await write(path, [newVaultKey()], 0o600, (next, place) =>
    link(next, place).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    }),
  )
}

/** Puts other keys in place of those of a file. A crash leaves either. */
export const replaceKeys = (path: string, ring: KeyRing, { mode }: Pick<KeyFile, 'mode'>): Promise<void> =>
  write(path, ring, mode, rename)
