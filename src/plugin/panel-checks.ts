/** What is checked of a plugin's panels before a browser is given their code. */

import { messageOf } from '../exit.ts'
import { permissionNames } from '../identity/permission.ts'
import type { Plugin } from './define.ts'
import type { Panel } from './panel.ts'

const ID = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/
const PLACES: readonly string[] = ['session', 'patient', 'system'] satisfies Panel['place'][]
const LONGEST_TITLE = 60
const MOST_BYTES = 512 * 2 ** 10

/** `export { mount as default }`, as bundlers write it: the scanner gives the name before the `as`. */
const NAMED_DEFAULT = /\bexport\s*\{[^}]*\bas\s+default\b/

/** The sentence's end about the text of a module, or undefined. */
function wrongModule(code: string): string | undefined {
  if (Buffer.byteLength(code) > MOST_BYTES) return `is larger than ${MOST_BYTES / 2 ** 10} KiB`
  try {
    const { exports, imports } = new Bun.Transpiler({ loader: 'js' }).scan(code)
    if (imports[0]) return `imports ${imports[0].path}, and it has to hold all that it is made of`
    if (!exports.includes('default') && !NAMED_DEFAULT.test(code))
      return 'has no default export to mount it by'
    return undefined
  } catch (error) {
    return `is no JavaScript: ${messageOf(error)}`
  }
}

function wrongTitle(title: Panel['title']): string | undefined {
  if (!title.en?.trim()) return 'has no title in English'
  const long = Object.values(title).find((text) => text.length > LONGEST_TITLE)
  return long && `has a title of more than ${LONGEST_TITLE} characters: ${long.slice(0, 20)}…`
}

function wrongPanel(plugin: Plugin, { place, title, policy, module }: Panel): string | undefined {
  if (!PLACES.includes(place)) return `stands at "${place}", and there are ${PLACES.join(', ')}`
  if (!policy) return 'names no policy'
  if (policy !== 'public' && !permissionNames(plugin.permissions).includes(policy)) {
    return `is guarded by ${policy}, which it does not declare`
  }
  const wrong = wrongModule(module)
  return wrongTitle(title) ?? (wrong && `has a module that ${wrong}`)
}

/** @returns the sentence that refuses the plugin, or undefined */
export function checkPanels(plugin: Plugin): string | undefined {
  const ids = new Set<string>()
  for (const each of plugin.panels ?? []) {
    if (!ID.test(each.id)) return `the id "${each.id}" of its panel is not in kebab-case`
    if (ids.has(each.id)) return `it declares the panel ${each.id} twice`
    ids.add(each.id)
    const wrong = wrongPanel(plugin, each)
    if (wrong !== undefined) return `its panel ${each.id} ${wrong}`
  }
  return undefined
}
