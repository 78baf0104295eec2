/** The data folder: where everything of an installation stands. */
import { mkdir, realpath } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { EXIT, Failure, messageOf } from '../exit.ts'

/** Absolute paths of its rooms. */
export interface DataFolder {
  readonly root: string
  /** Cluster and runtime of the embedded PostgreSQL. */
  readonly postgres: string
  /** Blobs by hash. */
  readonly recordings: string
  /** External plugins and their lock file. */
  readonly plugins: string
  /** Entries of the audit log on their way to the database, and the anchor of its chain. */
  readonly audit: string
  /** Secrets, 0600. */
  readonly keys: string
  /** Emptied by whoever takes the lock. */
  readonly tmp: string
}

const isRoot = process.getuid?.() === 0

/** Where programs keep data on this system, for this user. */
function defaultPath(): string {
  if (isRoot) return '/var/lib/myoserve'
  const { LOCALAPPDATA, XDG_DATA_HOME } = process.env
  if (process.platform === 'win32') return join(LOCALAPPDATA ?? join(homedir(), 'AppData/Local'), 'Myoserve')
  if (process.platform === 'darwin') return join(homedir(), 'Library/Application Support/myoserve')
  // The XDG base directory specification has relative paths ignored.
  const home = XDG_DATA_HOME?.startsWith('/') ? XDG_DATA_HOME : join(homedir(), '.local/share')
  return join(home, 'myoserve')
}

/** Where the data folder is, or would be made. @param path as configured; absent for the default of this system */
export const dataFolderPath = (path: string | undefined): string => resolve(path ?? defaultPath())

const ROOMS = ['postgres', 'recordings', 'plugins', 'audit', 'keys', 'tmp'] as const

/** Where the rooms of a data folder stand, whether or not they are there. */
export const roomsOf = (root: string): DataFolder => ({
  root,
  ...(Object.fromEntries(ROOMS.map((name) => [name, join(root, name)])) as Record<
    (typeof ROOMS)[number],
    string
  >),
})

/**
 * Makes the folder and its rooms where they are missing.
 *
 * @param path as configured; absent for the default of this system
 * @throws {Failure} 73 when it cannot be made or entered
 */
export async function openDataFolder(path: string | undefined): Promise<DataFolder> {
  const wanted = dataFolderPath(path)
  try {
    // As root, PostgreSQL runs under another user, who has to pass through to its room.
    await mkdir(wanted, { recursive: true, mode: isRoot ? 0o711 : 0o700 })
    const root = await realpath(wanted)
    const folder = roomsOf(root)
    for (const name of ROOMS) await mkdir(folder[name], { recursive: true, mode: 0o700 })
    return folder
  } catch (cause) {
    throw new Failure(
      EXIT.cannotWrite,
      `cannot use the data folder ${wanted}: ${messageOf(cause)}; choose another with --data`,
      { cause },
    )
  }
}
