/** Packs what plugin authors need of this program: its modules for their tests, its declarations for their editors. */
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, relative } from 'node:path'
import { EXIT, Failure } from '../exit.ts'

const PROJECT = join(import.meta.dir, '../..')

type Entries = Record<string, Uint8Array>

/** What bundled packages read from beside their own module, by where they look for it. */
const READ_BESIDE: Readonly<Record<string, string>> = {
  'schemas/v3.1/schema.json': '@seriousme/openapi-schema-validator/schemas/v3.1/schema.json',
}

/** What a test process loads first; its files stand beside each other. */
async function runtimeEntries(): Promise<Entries> {
  const result = await Bun.build({
    entrypoints: [join(PROJECT, 'src/test-preload.ts')],
    target: 'bun',
    minify: { whitespace: true, syntax: true, identifiers: false },
  })
  const files = result.outputs.map(
    async (each) => [basename(each.path), new Uint8Array(await each.arrayBuffer())] as const,
  )
  const beside = Object.entries(READ_BESIDE).map(
    async ([name, path]) => [name, await Bun.file(join(PROJECT, 'node_modules', path)).bytes()] as const,
  )
  return Object.fromEntries(await Promise.all([...files, ...beside]))
}

/** Declarations of these and of whatever they name, with those of the packages they are from. */
const DECLARED = ['src/sdk.ts', 'src/test-kit.ts', 'src/built-in.ts', 'src/assets.d.ts']

/** Declares files of a plugin itself, so that it has to be there for whoever imports the SDK. */
const TEXT_MODULES = 'src/text-modules.d.ts'

/** Makes the declarations in `folder`, and lists the files of packages that they rest on. */
async function emitDeclarations(folder: string): Promise<string[]> {
  const config = join(folder, 'tsconfig.json')
  const compilerOptions = {
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    outDir: join(folder, 'out'),
    rootDir: PROJECT,
    types: [join(PROJECT, 'node_modules/bun-types')],
    listFiles: true,
  }
  const files = DECLARED.map((path) => join(PROJECT, path))
  await Bun.write(
    config,
    JSON.stringify({ extends: join(PROJECT, 'tsconfig.json'), compilerOptions, include: [], files }),
  )
  const child = Bun.spawn([process.execPath, 'x', 'tsc', '-p', config], { cwd: PROJECT, stdout: 'pipe' })
  const listed = await new Response(child.stdout).text()
  await child.exited
  if (!existsSync(join(folder, 'out/src/sdk.d.ts'))) {
    throw new Failure(EXIT.ourFault, `the declarations of the SDK cannot be made: ${listed.slice(0, 500)}`)
  }
  const packages = join(PROJECT, 'node_modules/')
  return listed
    .split('\n')
    .filter((line) => line.startsWith(packages) && !/\/@?typescript\//.test(line))
    .map((line) => relative(packages, line))
}

const packageOf = (path: string): string =>
  path
    .split('/')
    .slice(0, path.startsWith('@') ? 2 : 1)
    .join('/')

async function typesEntries(): Promise<Entries> {
  const folder = await mkdtemp(join(tmpdir(), 'myoserve-declarations-'))
  try {
    const packaged = await emitDeclarations(folder)
    const out = join(folder, 'out')
    const own = (await readdir(out, { recursive: true })).filter((path) => path.endsWith('.d.ts'))
    const packages = [...new Set(packaged.map(packageOf))].filter((name) => !name.startsWith('.'))
    const extra = packages.flatMap((name) =>
      ['package.json', 'LICENSE', 'LICENSE.md', 'LICENSE.txt', 'license', 'UNLICENSE']
        .map((file) => `${name}/${file}`)
        .filter((path) => existsSync(join(PROJECT, 'node_modules', path))),
    )
    const sources = [
      ...own.map((path) => [`myoserve/${path}`, join(out, path)] as const),
      [`myoserve/${TEXT_MODULES}`, join(PROJECT, TEXT_MODULES)] as const,
      ...[...packaged, ...extra].map(
        (path) => [`node_modules/${path}`, join(PROJECT, 'node_modules', path)] as const,
      ),
    ]
    // The compiler would write the path from where it writes to where we are.
    const sdk = join(out, 'src/sdk.d.ts')
    await Bun.write(
      sdk,
      `/// <reference path="./${basename(TEXT_MODULES)}" />\n${await Bun.file(sdk).text()}`,
    )
    const files = sources.map(
      async ([name, path]) => [name.replaceAll('\\', '/'), await Bun.file(path).bytes()] as const,
    )
    return Object.fromEntries(await Promise.all(files))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export type KitPart = 'runtime' | 'types'

/** One part of the kit, as the tar archive that the executable carries compressed. */
export async function kitArchive(part: KitPart): Promise<Uint8Array> {
  const entries = await (part === 'runtime' ? runtimeEntries() : typesEntries())
  return new Bun.Archive(entries).bytes()
}

/**
 * Writes `kit-runtime.tar.zst` and `kit-types.tar.zst`.
 *
 * @returns their paths
 */
export async function packKit(folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true })
  return Promise.all(
    (['runtime', 'types'] as const).map(async (part) => {
      const out = join(folder, `kit-${part}.tar.zst`)
      await Bun.write(out, await Bun.zstdCompress(await kitArchive(part), { level: 15 }))
      return out
    }),
  )
}
