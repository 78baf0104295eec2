/** The hash that pins a plugin: over all its files with their paths. */
import { lstat, readdir } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { PluginRefused } from './refusal.ts'

/** All files are read at every start, so that more than source code does not belong here. */
const MOST_FILES = 1000
const MOST_BYTES = 16 * 2 ** 20

/** Files that are a plugin by themselves, or begin one. */
export const SOURCE_FILE = /\.[jt]s$/

export interface Fingerprint {
  /** `sha256-` and the hash in hex. */
  readonly hash: string
  /** Paths within the folder, parted by `/`, in order; of a plugin of one file, its name. */
  readonly files: readonly string[]
  readonly bytes: number
  /** Whether it is a folder, not one file. */
  readonly folder: boolean
}

async function filesOf(root: string, hidden: boolean, below = ''): Promise<string[]> {
  const found: string[] = []
  for (const entry of await readdir(join(root, below), { withFileTypes: true })) {
    if (!hidden && entry.name.startsWith('.')) continue
    const path = below ? `${below}/${entry.name}` : entry.name
    if (entry.isSymbolicLink())
      throw new PluginRefused(`${path} is a symbolic link, and links are not pinned`)
    if (entry.isDirectory()) found.push(...(await filesOf(root, hidden, path)))
    else if (entry.isFile()) found.push(path)
    else throw new PluginRefused(`${path} is neither a file nor a folder`)
    if (found.length > MOST_FILES) {
      throw new PluginRefused(
        `it has more than ${MOST_FILES} files; \`myoserve plugin build\` makes one of them`,
      )
    }
  }
  return found
}

/** The order of code units, which is the same on every machine. */
const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/**
 * Reads all files of a plugin.
 *
 * @param path of its folder, or of its one file, whose own name does not count
 * @param hidden whether files and folders whose names begin with a dot count: where the plugin runs they do, where it
 *   is written they are the author's own
 * @throws {PluginRefused} for a symbolic link, a thing that is no file, too many files or bytes, or no plugin at all
 */
export async function fingerprint(path: string, hidden: boolean): Promise<Fingerprint> {
  const info = await lstat(path).catch(() => undefined)
  if (!info) throw new PluginRefused(`there is nothing at ${path}`)
  if (info.isSymbolicLink()) throw new PluginRefused('it is a symbolic link, and links are not pinned')
  const folder = info.isDirectory()
  if (!folder && !(info.isFile() && SOURCE_FILE.test(path))) {
    throw new PluginRefused(`${basename(path)} is neither a folder nor a .ts or .js file`)
  }
  const files = folder ? (await filesOf(path, hidden)).sort(byCodeUnit) : [basename(path)]
  const hasher = new Bun.CryptoHasher('sha256')
  let bytes = 0
  for (const file of files) {
    const content = Bun.file(folder ? join(path, file) : path)
    bytes += content.size
    if (bytes > MOST_BYTES) throw new PluginRefused(`its files are larger than ${MOST_BYTES / 2 ** 20} MiB`)
    // The length before the content lets no content pass for the start of another file.
    hasher.update(`${folder ? file : `index${extname(path)}`}\0${content.size}\0`)
    hasher.update(await content.bytes())
  }
  return { hash: `sha256-${hasher.digest('hex')}`, files, bytes, folder }
}
