/** What is checked of a plugin before any of its code runs. Each answer is one sentence. */
import { type CacheNamespace, parametersOf, patternsCollide } from '../cache/namespace.ts'
import { HOST } from '../database/host-migrations.ts'
import { permissionNames } from '../identity/permission.ts'
import { checkJobs } from '../jobs/queue.ts'
import { HOST_CONTRACT } from '../version.ts'
import type { Plugin } from './define.ts'
import { checkPanels } from './panel-checks.ts'
import { checkPermissions } from './permission-checks.ts'

const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/
const VERSION = /^\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/
/** Bun takes any text for a range that every version satisfies. */
const COMPARATOR = /^(?:[~^=]|[<>]=?)?\d+(?:\.(?:\d+|x|\*)){0,2}(?:-[\w.-]+)?$/
const isRange = (text: string): boolean =>
  text.split('||').every((part) =>
    part
      .trim()
      .split(/\s+-\s+|\s+/)
      .every((each) => COMPARATOR.test(each)),
  )
const PERMISSION = /^[a-z-]+:[a-z-]+$/

const needsOf = (plugin: Plugin): string[] => Object.values(plugin.needs ?? {}).map((need) => need.name)

function checkShape({ name, version, host, permissions = [], migrations = [] }: Plugin): string | undefined {
  if (!NAME.test(name)) return `its name "${name}" is not in kebab-case`
  if (name === HOST) return 'its name is the one of the host itself'
  if (!VERSION.test(version)) return `its version "${version}" is not a semantic version`
  if (!isRange(host)) return `its host "${host}" is not a range of semantic versions such as ^1`
  if (!Bun.semver.satisfies(HOST_CONTRACT, host)) {
    return `it wants plugin contract ${host}, and this server has ${HOST_CONTRACT}`
  }
  const permission = permissionNames(permissions).find((each) => !PERMISSION.test(each))
  if (permission !== undefined) return `its permission "${permission}" is not of the form noun:verb`
  const ids = migrations.map((migration) => migration.id)
  const twice = ids.find((id, i) => ids.indexOf(id) !== i)
  return twice === undefined ? undefined : `it declares the migration ${twice} twice`
}

function checkKeys(plugin: Plugin, accepted: readonly Plugin[]): string | undefined {
  const own = Object.values(plugin.caches ?? {})
  for (const [i, { key }] of own.entries()) {
    const others = [
      ...own.slice(0, i).map((other) => ({ key: other.key, owner: plugin.name })),
      ...accepted.flatMap((other) =>
        Object.values(other.caches ?? {}).map((space) => ({ key: space.key, owner: other.name })),
      ),
    ]
    const taken = others.find((other) => patternsCollide(other.key, key))
    if (taken) return `its cache key "${key}" collides with "${taken.key}" of ${taken.owner}`
  }
  return undefined
}

/** The parameters of a namespace's tags, each with whether it stands for a person. */
const taggedBy = ({ tags = [], personal = [] }: CacheNamespace): Array<readonly [string, boolean]> =>
  [...new Set(tags.flatMap(parametersOf))].map((name) => [name, personal.includes(name)])

/** A tag is announced by the names of its parameters alone: one name cannot be hashed here and plain there. */
function checkTags(plugin: Plugin, accepted: readonly Plugin[]): string | undefined {
  const spaces = [plugin, ...accepted].flatMap(({ name, caches = {} }) =>
    Object.values(caches).map((space) => ({ owner: name, space })),
  )
  for (const { key, personal = [], ...rest } of Object.values(plugin.caches ?? {})) {
    for (const other of spaces) {
      const plain = taggedBy(other.space).find(([name, isPersonal]) => !isPersonal && personal.includes(name))
      if (plain)
        return `its cache key "${key}" makes ${plain[0]} personal, which is not in tags of ${other.owner}`
      const hidden = taggedBy({ key, personal, ...rest }).find(
        ([name, isPersonal]) => !isPersonal && (other.space.personal ?? []).includes(name),
      )
      if (hidden)
        return `its cache key "${key}" has ${hidden[0]} in a tag, which ${other.owner} makes personal`
    }
  }
  return undefined
}

const checkCaches = (plugin: Plugin, accepted: readonly Plugin[]): string | undefined =>
  checkKeys(plugin, accepted) ?? checkTags(plugin, accepted)

/** The plugins of a cycle that `plugin` stands in, or undefined. */
function cycleOf(plugin: Plugin, all: ReadonlyMap<string, Plugin>): string[] | undefined {
  const visit = (name: string, path: readonly string[]): string[] | undefined => {
    if (name === plugin.name && path.length > 0) return [...path, name]
    if (path.includes(name)) return undefined
    for (const need of needsOf(all.get(name) ?? plugin)) {
      const found = all.has(need) ? visit(need, [...path, name]) : undefined
      if (found) return found
    }
    return undefined
  }
  return visit(plugin.name, [])
}

/** A plugin with its place in the order, or the sentence that refuses it. */
export interface Checked {
  readonly plugin: Plugin
  readonly refusal?: string
}

/**
 * Checks all plugins and puts them in the order of their needs, otherwise as they came.
 * A plugin whose need was refused is refused itself.
 *
 * @param refusedBefore names of plugins that are not among them, since they could not be loaded
 */
export function checkPlugins(
  plugins: readonly Plugin[],
  refusedBefore: ReadonlySet<string> = new Set(),
): Checked[] {
  const all = new Map<string, Plugin>()
  const results: Checked[] = []
  const refused = new Map<string, string>()
  for (const plugin of plugins) {
    if (all.has(plugin.name))
      results.push({ plugin, refusal: `another plugin is called ${plugin.name} already` })
    else all.set(plugin.name, plugin)
  }
  const accepted: Plugin[] = []
  const checkNeeds = (plugin: Plugin): string | undefined => {
    const cycle = cycleOf(plugin, all)
    if (cycle) return `its needs go in a circle: ${cycle.join(' -> ')}`
    for (const need of needsOf(plugin)) {
      const needed = all.get(need)
      if (!needed) {
        return `it needs ${need}, which is ${refusedBefore.has(need) ? 'quarantined' : 'not installed'}`
      }
      settle(needed)
      if (refused.has(need)) return `it needs ${need}, which is quarantined`
    }
    return undefined
  }
  const settle = (plugin: Plugin): void => {
    if (accepted.includes(plugin) || refused.has(plugin.name)) return
    const refusal =
      checkNeeds(plugin) ??
      checkShape(plugin) ??
      checkPanels(plugin) ??
      checkJobs(plugin) ??
      checkCaches(plugin, accepted) ??
      checkPermissions(plugin, accepted)
    if (refusal === undefined) accepted.push(plugin)
    else refused.set(plugin.name, refusal)
    results.push(refusal === undefined ? { plugin } : { plugin, refusal })
  }
  for (const plugin of all.values()) settle(plugin)
  return results
}
