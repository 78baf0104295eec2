/** Takes a built-in plugin out of the project, as if its author had it in a folder of their own. */
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { PROJECT } from '../support/targets.ts'

const SPECIFIER = /(\bfrom\s*|\bimport\s*\(?\s*)'(\.[^']+)'/g

/**
 * Writes the plugin's files to a folder. What it imports of the project it imports by the names that authors use, its
 * migrations stand beside it, and its routes stand where those of external plugins have to; nothing else is changed.
 */
export async function takeOut(name: string, folder: string): Promise<void> {
  const source = join(PROJECT, 'plugins', name)
  const migrations = new Set<string>()

  function imported(specifier: string, file: string): string {
    const target = relative(PROJECT, resolve(dirname(file), specifier))
    if (target === 'src/sdk.ts') return 'myoserve/sdk'
    const [room, other, ...rest] = target.split('/')
    if (room === 'plugins' && other !== name && rest.join('/') === 'index.ts')
      return `myoserve/plugins/${other}`
    if (room !== 'drizzle') return specifier
    migrations.add(target)
    const place = relative(dirname(file), join(source, 'migrations', basename(target)))
    return place.startsWith('.') ? place : `./${place}`
  }

  for (const path of new Bun.Glob('**/*').scanSync(source)) {
    if (/\.test\.ts$/.test(path)) continue
    const file = join(source, path)
    const text = (await readFile(file, 'utf8'))
      .replaceAll(
        SPECIFIER,
        (_, before: string, specifier: string) => `${before}'${imported(specifier, file)}'`,
      )
      .replaceAll(/(['"`])\/api\//g, `$1/api/plugins/${name}/`)
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  for (const migration of migrations) {
    await mkdir(join(folder, 'migrations'), { recursive: true })
    await writeFile(join(folder, 'migrations', basename(migration)), await readFile(join(PROJECT, migration)))
  }
  // The packages that the author has installed.
  await symlink(join(PROJECT, 'node_modules'), join(folder, 'node_modules'))
}
