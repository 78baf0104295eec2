/** The files of the page: carried by the executable, or bundled from source whenever that has changed. */
import { statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { PageFile } from './bundle.ts'

/** Of the archive that the executable carries; the bundler puts a hash of the content before the last dot. */
export const PAGE_ARCHIVE = 'web-page'

type Files = ReadonlyMap<string, PageFile>

const byName = (files: readonly PageFile[]): Files => new Map(files.map((file) => [file.name, file]))

/** The three forms of each file as entries of an archive. */
export const entriesOf = (files: readonly PageFile[]): Record<string, Uint8Array> =>
  Object.fromEntries(
    files.flatMap(({ name, plain, gzip, br }) => [
      [name, plain],
      [`${name}.gz`, gzip],
      [`${name}.br`, br],
    ]),
  )

async function carried(archive: Blob): Promise<Files> {
  const entries = await new Bun.Archive(await archive.bytes()).files()
  const bytes = async (name: string): Promise<Uint8Array> => {
    const entry = entries.get(name)
    if (!entry) throw new Error(`the executable lacks ${name} of the page`)
    return entry.bytes()
  }
  const names = [...entries.keys()].filter((name) => !/\.(?:gz|br)$/.test(name))
  const files = names.map(async (name) => ({
    name,
    plain: await bytes(name),
    gzip: await bytes(`${name}.gz`),
    br: await bytes(`${name}.br`),
  }))
  return byName(await Promise.all(files))
}

/** When a file of the source was last changed, in ms since 1970. */
function changedAt(): number {
  const source = join(import.meta.dir, '../web')
  return Math.max(
    ...[...new Bun.Glob('**/*').scanSync(source)].map((path) => statSync(join(source, path)).mtimeMs),
  )
}

let made: { readonly at: number; readonly files: Promise<Files> } | undefined

/** All files of the page by name. From source, they are made anew when they have changed. */
export function pageFiles(): Promise<Files> {
  const embedded = Bun.embeddedFiles.find((file) => basename((file as File).name).startsWith(PAGE_ARCHIVE))
  const at = embedded ? 0 : changedAt()
  if (made?.at !== at) {
    const files = embedded
      ? carried(embedded)
      : import('./bundle.ts').then(({ bundlePage }) => bundlePage()).then(byName)
    made = { at, files }
  }
  return made.files
}
