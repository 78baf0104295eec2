/** What stands in a watched folder. */
import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Where files go that were taken in, and those that cannot be. */
export const DONE = 'done'
export const FAILED = 'failed'

/** Folders below each other that are looked into. */
const DEEPEST = 8

/** A file as it was seen. */
export interface SeenFile {
  /** Within the watched folder, parted by `/`. */
  readonly path: string
  readonly size: number
  readonly modifiedMs: number
}

/** A name beginning with a dot, or with a tilde, is what programs call a file that they are not done with. */
const isHidden = ({ name }: Dirent): boolean => /^[.~]/.test(name)

async function filesIn(root: string, below: string, depth: number): Promise<string[]> {
  const found: string[] = []
  const entries = await readdir(join(root, below), { withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      // A folder that somebody has taken away meanwhile is no trouble; the watched one itself is.
      if (below !== '' && error.code === 'ENOENT') return []
      throw error
    },
  )
  for (const entry of entries) {
    const path = below ? `${below}/${entry.name}` : entry.name
    if (isHidden(entry) || path === DONE || path === FAILED) continue
    // A symbolic link is neither: what it leads to is not of this folder.
    if (entry.isDirectory() && depth < DEEPEST) found.push(...(await filesIn(root, path, depth + 1)))
    else if (entry.isFile()) found.push(path)
  }
  return found
}

/**
 * The recordings in a folder and its sub-folders, in the order of their paths.
 *
 * @param extensions ends of file names, such as `.c3d`; other files are left alone
 * @throws {Error} where the folder cannot be read
 */
export async function scan(root: string, extensions: readonly string[]): Promise<SeenFile[]> {
  const isRecording = (path: string): boolean =>
    extensions.some((extension) => path.toLowerCase().endsWith(extension.toLowerCase()))
  const paths = (await filesIn(root, '', 0)).filter(isRecording).sort()
  const seen = await Promise.all(
    paths.map(async (path) => {
      const info = await stat(join(root, path)).catch(() => undefined)
      return info ? [{ path, size: info.size, modifiedMs: info.mtimeMs }] : []
    }),
  )
  return seen.flat()
}
