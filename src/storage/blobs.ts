/** Content-addressed files on disk: a blob is named by its SHA-256 and is whole or not there. */
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** A finished upload that is not in the store yet. */
export interface StagedBlob {
  /** SHA-256 of the bytes, in lower-case hex. */
  readonly sha256: string
  readonly size: number
  /** Where the bytes are until {@link StagedBlob.commit}. */
  readonly path: string
  /** Moves it into the store, durably. Twice the same bytes is one blob. */
  commit(): Promise<void>
  /** Throws it away; after a commit it does nothing. */
  discard(): Promise<void>
}

/** Files by the SHA-256 of their content, in the data folder. */
export interface BlobStore {
  /**
   * Streams bytes to disk while hashing them, and syncs them.
   *
   * @throws {BlobTooLarge} past `maxBytes`; nothing is left behind
   */
  stage(source: AsyncIterable<Uint8Array>, maxBytes: number): Promise<StagedBlob>
  /** A stored blob as a lazy file. */
  file(sha256: string): Bun.BunFile
  has(sha256: string): Promise<boolean>
  /** Removes a stored blob, durably; one that is not there is none. */
  remove(sha256: string): Promise<void>
}

/** More bytes came than the limit allows. */
export class BlobTooLarge extends Error {
  override readonly name = 'BlobTooLarge'

  constructor(readonly maxBytes: number) {
    super(`more than ${maxBytes} bytes`)
  }
}

/** A rename is durable only once the folder that holds the name is synced. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

/** @param root folder of the blobs  @param tmp folder on the same file system for uploads under way */
export function openBlobStore(root: string, tmp: string): BlobStore {
  const folderOf = (sha256: string): string => join(root, sha256.slice(0, 2))
  const pathOf = (sha256: string): string => join(folderOf(sha256), sha256)

  async function commit(sha256: string, staged: string): Promise<void> {
    if ((await mkdir(folderOf(sha256), { recursive: true, mode: 0o700 })) !== undefined)
      await syncFolder(root)
    if (await exists(pathOf(sha256))) await rm(staged, { force: true })
    else await rename(staged, pathOf(sha256))
    // Also when it was there: another upload of the same bytes may not have synced its rename yet.
    await syncFolder(folderOf(sha256))
  }

  return {
    async stage(source, maxBytes) {
      const path = join(tmp, `upload-${Bun.randomUUIDv7()}`)
      const hasher = new Bun.CryptoHasher('sha256')
      const file = await open(path, 'wx', 0o600)
      let size = 0
      try {
        for await (const chunk of source) {
          size += chunk.byteLength
          if (size > maxBytes) throw new BlobTooLarge(maxBytes)
          hasher.update(chunk)
          await file.writeFile(chunk)
        }
        await file.sync()
      } catch (error) {
        await file.close()
        await rm(path, { force: true })
        throw error
      }
      await file.close()
      const sha256 = hasher.digest('hex')
      return {
        sha256,
        size,
        path,
        commit: () => commit(sha256, path),
        discard: () => rm(path, { force: true }),
      }
    },
    file: (sha256) => Bun.file(pathOf(sha256)),
    has: (sha256) => exists(pathOf(sha256)),
    async remove(sha256) {
      await rm(pathOf(sha256), { force: true })
      if (await exists(folderOf(sha256))) await syncFolder(folderOf(sha256))
    },
  }
}
