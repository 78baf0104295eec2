/** The recordings of an archive, and what their bytes are. */
import { createReadStream } from 'node:fs'
import { scan } from '../folder/scan.ts'

/** SHA-256 of a file, in lower-case hex; the file is never whole in memory. */
export async function hashOf(path: string): Promise<string> {
  const hasher = new Bun.CryptoHasher('sha256')
  for await (const chunk of createReadStream(path)) hasher.update(chunk as Uint8Array)
  return hasher.digest('hex')
}

/** Paths within the folder, parted by `/`, in order. */
export const recordingsIn = async (folder: string, extensions: readonly string[]): Promise<string[]> =>
  (await scan(folder, extensions)).map(({ path }) => path)
