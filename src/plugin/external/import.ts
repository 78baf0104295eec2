/** Runs the code of a plugin from outside, as far as its declaration. */
import { lstat, readFile, realpath } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as v from 'valibot'
import { messageOf } from '../../exit.ts'
import { isPlugin, type Plugin } from '../define.ts'
import { inTime } from '../in-time.ts'
import { checkDeclaration } from './declaration.ts'
import { PluginRefused } from './refusal.ts'

/** A plugin that takes longer to be imported waits for something. */
const LONGEST_MS = 5000

const Manifest = v.object({ main: v.optional(v.string()) })

async function mainOf(folder: string): Promise<string | undefined> {
  const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  try {
    return v.parse(Manifest, JSON.parse(text)).main
  } catch (error) {
    throw new PluginRefused(`its package.json is malformed: ${messageOf(error)}`)
  }
}

/**
 * The file that a plugin begins with.
 *
 * @param path of its one file, or of its folder with a package.json that names its main, an index.ts or an index.js
 * @throws {PluginRefused} where there is none
 */
export async function entryOf(path: string): Promise<string> {
  if (!(await lstat(path)).isDirectory()) return resolve(path)
  const main = await mainOf(path)
  for (const name of main === undefined ? ['index.ts', 'index.js'] : [main]) {
    const file = resolve(path, name)
    const inside = !relative(resolve(path), file).startsWith('..')
    if (inside && (await Bun.file(file).exists())) return file
  }
  throw new PluginRefused(
    main === undefined
      ? 'it has neither an index.ts nor an index.js nor a package.json that names its main'
      : `its package.json names ${main} as its main, which is no file of it`,
  )
}

const late = () => new PluginRefused(`its code did not end within ${LONGEST_MS / 1000} s of being imported`)

/**
 * Has the next import of a plugin run its code anew. Bun looks modules up by their paths, whatever query is behind them,
 * and forgets them, with what they hold, once they are deleted here; one whose import failed does not show up as a key.
 *
 * @param path of its file or folder
 * @param files that it consists of, those that were not there at the last import included
 * @see https://bun.com/docs/runtime/modules
 */
export async function forgetModules(path: string, files: readonly string[]): Promise<void> {
  const real = await realpath(path)
  const inside = `${real}${sep}`
  for (const key of Object.keys(require.cache)) {
    if (key === real || key.startsWith(inside)) delete require.cache[key]
  }
  delete require.cache[real]
  for (const file of files) delete require.cache[join(real, file)]
}

/**
 * Imports a plugin. What it imports by name has to be offered before.
 *
 * @param path of its file or folder
 * @throws {PluginRefused} when its code fails, or declares no plugin, or one that is malformed
 */
export async function importPlugin(path: string): Promise<Plugin> {
  const entry = await entryOf(path)
  const load = (): Promise<{ default?: unknown }> => import(pathToFileURL(entry).href)
  const module = await inTime(LONGEST_MS, load, late).catch((error: unknown) => {
    throw error instanceof PluginRefused
      ? error
      : new PluginRefused(`its code cannot be imported: ${messageOf(error)}`, { cause: error })
  })
  if (!isPlugin(module.default)) {
    throw new PluginRefused('it exports no plugin: its default export has to be what definePlugin returns')
  }
  const wrong = checkDeclaration(module.default)
  if (wrong !== undefined) throw new PluginRefused(wrong)
  return module.default
}
