/** What a plugin imports, held against what there will be where it runs. */
import { existsSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { messageOf } from '../../exit.ts'
import type { Fingerprint } from './fingerprint.ts'

const CODE = /\.([mc]?[jt]s|[jt]sx)$/
const TEST = /\.test\.[jt]sx?$/

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

function scan(code: string, file: string): string[] {
  const loader = /x$/.test(file) ? 'tsx' : 'ts'
  return new Bun.Transpiler({ loader }).scanImports(code).map(({ path }) => path)
}

/** What is wrong with one import. @param root folder of the plugin; null of a plugin of one file */
function refusalOf(
  specifier: string,
  file: string,
  root: string | null,
  offered: ReadonlySet<string>,
): string | undefined {
  if (offered.has(specifier) || isBuiltin(specifier) || /^bun(?:$|:)/.test(specifier)) return undefined
  if (/^[./\\]|^[a-z]+:[/\\]/i.test(specifier)) {
    const target =
      specifier.startsWith('.') && root !== null && relative(root, join(root, dirname(file), specifier))
    // A segment that begins with a dot leads out, or to what is not copied.
    if (target && !target.split(/[/\\]/).some((segment) => segment.startsWith('.'))) return undefined
    return `${file} imports ${specifier}, which is not pinned with it`
  }
  if (root !== null && existsSync(join(root, 'node_modules', packageOf(specifier)))) return undefined
  return `${file} imports ${specifier}, which is not offered to plugins; install it in the plugin's folder, and \`myoserve plugin build\` puts all into one file`
}

/**
 * Checks the imports of a plugin, but for its tests: modules that are offered, those of Bun and Node.js, and files of
 * the plugin itself.
 *
 * @param path of its file or folder
 * @returns the sentence that refuses it, or undefined
 */
export async function checkImports(
  path: string,
  { files, folder }: Fingerprint,
  offered: ReadonlySet<string>,
): Promise<string | undefined> {
  for (const file of files) {
    if (!CODE.test(file) || TEST.test(file) || file.startsWith('node_modules/')) continue
    const code = await Bun.file(folder ? join(path, file) : path).text()
    let imports: string[]
    try {
      imports = scan(code, file)
    } catch (error) {
      return `${file} cannot be read as code: ${messageOf(error)}`
    }
    for (const specifier of imports) {
      const refusal = refusalOf(specifier, file, folder ? path : null, offered)
      if (refusal !== undefined) return refusal
    }
  }
  return undefined
}
