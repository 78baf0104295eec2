/** The blobs of a data folder, looked at as files: what stands there, whole or not. */
import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** A file among the blobs. */
export interface ShelvedFile {
  /** Within the folder of the blobs. */
  readonly path: string
  /** The hash that it is named by, where it stands in the place of that name; null for any other file. */
  readonly sha256: string | null
  readonly size: number
  readonly modifiedMs: number
}

/** Stored blobs, for those who examine them. */
export interface BlobShelf {
  /** Every file, folder by folder. One that goes away meanwhile is left out. */
  files(): AsyncGenerator<ShelvedFile>
  /** The size of a blob, or undefined where it is not there. */
  size(sha256: string): Promise<number | undefined>
  /** The SHA-256 of the bytes of a file, in lower-case hex. */
  hash(path: string): Promise<string>
}

const HASH = /^[0-9a-f]{64}$/

const entriesOf = (folder: string): Promise<Dirent[]> =>
  readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })

/** @param root folder of the blobs */
export function openShelf(root: string): BlobShelf {
  async function* filesIn(below: string): AsyncGenerator<ShelvedFile> {
    for (const entry of await entriesOf(join(root, below))) {
      const path = join(below, entry.name)
      if (entry.isDirectory()) {
        yield* filesIn(path)
        continue
      }
      const info = await stat(join(root, path)).catch(() => undefined)
      if (!info) continue
      const isBlob = entry.isFile() && HASH.test(entry.name) && below === entry.name.slice(0, 2)
      yield {
        path,
        sha256: isBlob ? entry.name : null,
        size: info.size,
        modifiedMs: info.mtimeMs,
      }
    }
  }

  return {
    files: () => filesIn(''),
    size: (sha256) =>
      stat(join(root, sha256.slice(0, 2), sha256)).then(
        ({ size }) => size,
        (error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOENT') return undefined
          throw error
        },
      ),
    async hash(path) {
      const hasher = new Bun.CryptoHasher('sha256')
      for await (const chunk of Bun.file(join(root, path)).stream()) hasher.update(chunk)
      return hasher.digest('hex')
    },
  }
}
