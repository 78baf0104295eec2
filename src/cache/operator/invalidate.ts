/** Invalidation by people: a key, a tag, a namespace, or a pattern such as `session:*`. */
import { buildTag, generationTag } from '../key.ts'
import { parametersOf, type Sharing } from '../namespace.ts'
import type { TierName } from '../statistics.ts'
import type { CacheSystem, OpenNamespace } from '../system.ts'
import { isTierFailure, type SharedTier, type TierId } from '../tiers/tier.ts'
import { keyTag } from '../validity.ts'
import { createGlob, type Glob } from './glob.ts'
import { createLocator, namespaceOf, tiersInUse, wirePrefix } from './spaces.ts'

/** What is to be invalid. */
export type InvalidationTarget =
  | { readonly key: string }
  | { readonly tag: string }
  | { readonly namespace: string }
  | { readonly pattern: string }

/** What an invalidation has done. */
export interface InvalidationReport {
  /**
   * Entries that were removed, by tier. Null where none had to be looked for: what a tag or a namespace holds is
   * invalid at once, on every node, and goes when its time is over.
   */
  readonly removed: Readonly<Partial<Record<TierName, number>>> | null
  /** Namespaces all of whose entries are invalid now. */
  readonly cleared: readonly string[]
  /** Tiers that did not answer: what they hold is invalid, and was not removed. */
  readonly unreachable: readonly TierId[]
}

/** Nothing is of this name: said to whoever asked, in one sentence. */
export class NothingToInvalidate extends Error {
  override readonly name = 'NothingToInvalidate'
}

/** Keys that one step looks at, and at most as many tags in one bump. */
const STEP = 500

type Removed = Partial<Record<TierName, number>>

const bump = async (system: CacheSystem, tags: readonly string[]): Promise<void> => {
  if (tags.length > 0) await (await system.invalidate(tags)).settled()
}

const add = (removed: Removed, tier: TierName, count: number): void => {
  removed[tier] = (removed[tier] ?? 0) + count
}

async function byKey(system: CacheSystem, key: string): Promise<InvalidationReport> {
  const space = namespaceOf(system, key)
  if (!space) throw new NothingToInvalidate(`no namespace has keys like "${key}"`)
  const wireKey = wirePrefix(system, space.name) + key
  await bump(system, [keyTag(wireKey)])
  const removed: Removed = { memory: system.memory.deleteWhere((each) => each === wireKey) }
  const unreachable: TierId[] = []
  for (const tier of tiersInUse(system)) {
    try {
      add(removed, tier.id, await tier.deleteMany([wireKey]))
    } catch (error) {
      if (!isTierFailure(error)) throw error
      unreachable.push(tier.id)
    }
  }
  return { removed, cleared: [], unreachable }
}

/** The parameters that make a tag of a pattern: `mvc.changed:P001` of `mvc.changed:{patientCode}`. */
function parametersIn(pattern: string, tag: string): Record<string, string> | null {
  const names = parametersOf(pattern)
  const literals = pattern.split(/\{\w+\}/).map((literal) => literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const match = new RegExp(`^${literals.join('([^:]+)')}$`).exec(tag)
  return match ? Object.fromEntries(names.map((name, i) => [name, match[i + 1] as string])) : null
}

/**
 * A tag as people write it, and as it is kept: escaped, and with a hash where a person is named.
 *
 * @returns all that it may mean: a loader may have added it as it stands
 */
function tagsMeant(system: CacheSystem, tag: string): string[] {
  const personal = new Set(system.namespaces().flatMap(({ space }) => space.personal))
  const patterns = new Set(system.namespaces().flatMap(({ space }) => space.tags))
  const built = [...patterns].flatMap((pattern) => {
    const params = parametersIn(pattern, tag)
    return params ? [buildTag(pattern, params, personal, system.secret)] : []
  })
  return [...new Set([tag, ...built])]
}

async function byNamespace(system: CacheSystem, name: string): Promise<InvalidationReport> {
  if (!system.namespaces().some((each) => each.name === name)) {
    throw new NothingToInvalidate(`there is no namespace "${name}"`)
  }
  await bump(system, [generationTag(name)])
  const removed = { memory: system.memory.deleteWhere((_, entry) => entry.namespace === name) }
  return { removed, cleared: [name], unreachable: [] }
}

/** Calls back for pages of the keys of a tier that begin with one of some prefixes. @throws {TierFailure} */
async function walk(
  tier: SharedTier,
  prefixes: readonly string[],
  visit: (keys: readonly string[]) => Promise<void>,
): Promise<void> {
  for (const prefix of prefixes) {
    let cursor: string | null = null
    do {
      const page = await tier.scan(prefix, cursor, STEP)
      await visit(page.keys)
      cursor = page.cursor
    } while (cursor !== null)
  }
}

/** Which keys on the wire a glob means: those in force as the invalidation begins. */
function createSelection(system: CacheSystem, glob: Glob, spaces: readonly OpenNamespace[]) {
  const locate = createLocator(system, spaces)
  const prefixes = new Set(spaces.map(({ name }) => wirePrefix(system, name)))
  return {
    prefixes: [...prefixes].map((prefix) => prefix + glob.prefix),
    /** The namespace of a key that is meant. */
    of(wireKey: string): OpenNamespace | undefined {
      const located = locate(wireKey)
      return located && glob.matches(located.key) ? located.space : undefined
    },
  }
}

/** Whether some shared tier lists the entries of a namespace; otherwise each node has some of its own. */
const isListed = (system: CacheSystem, sharing: Sharing): boolean =>
  sharing !== 'none' && tiersInUse(system).some(({ id }) => sharing === 'all' || id === 'redis')

/**
 * By pattern. A namespace all of whose keys match is cleared as such, on every node at once. Of one that matches in
 * part, each entry that is found is invalidated by its key; where it cannot be looked for, since a tier does not answer
 * or entries stand in the memory of other nodes alone, the namespace is cleared whole: that costs speed, and anything
 * less would leave outdated entries.
 */
async function byPattern(system: CacheSystem, pattern: string): Promise<InvalidationReport> {
  const glob = createGlob(pattern)
  const meant = system.namespaces().filter(({ space }) => glob.overlaps(space.key))
  const whole = new Set(
    meant.filter(({ space }) => glob.covers(space.key) || !isListed(system, space.sharing)),
  )
  const selection = createSelection(system, glob, meant)
  const partly = (wireKey: string): boolean => {
    const space = selection.of(wireKey)
    return space !== undefined && !whole.has(space)
  }
  const removed: Removed = {}
  const unreachable: TierId[] = []
  await bump(
    system,
    [...whole].map(({ name }) => generationTag(name)),
  )

  const bumpKeys = async (keys: readonly string[]): Promise<void> => {
    for (let from = 0; from < keys.length; from += STEP) {
      await bump(system, keys.slice(from, from + STEP).map(keyTag))
    }
  }
  await bumpKeys([...system.memory.keys()].filter(partly))
  for (const tier of tiersInUse(system)) {
    const visit = async (keys: readonly string[]): Promise<void> => {
      const found = keys.filter((key) => selection.of(key) !== undefined)
      await bumpKeys(found.filter(partly))
      if (found.length > 0) add(removed, tier.id, await tier.deleteMany(found))
    }
    try {
      await walk(tier, selection.prefixes, visit)
    } catch (error) {
      if (!isTierFailure(error)) throw error
      unreachable.push(tier.id)
      const unseen = meant.filter((space) => !whole.has(space))
      for (const space of unseen) whole.add(space)
      await bump(
        system,
        unseen.map(({ name }) => generationTag(name)),
      )
    }
  }
  add(
    removed,
    'memory',
    system.memory.deleteWhere((key) => selection.of(key) !== undefined),
  )
  return { removed, cleared: [...whole].map(({ name }) => name), unreachable }
}

/**
 * Makes entries invalid on every node, before it resolves.
 *
 * @throws {NothingToInvalidate} for a key or a namespace that there is not
 * @throws {RangeError} for a malformed pattern
 */
export async function invalidate(
  system: CacheSystem,
  target: InvalidationTarget,
): Promise<InvalidationReport> {
  if ('key' in target) return byKey(system, target.key)
  if ('namespace' in target) return byNamespace(system, target.namespace)
  if ('pattern' in target) {
    return target.pattern.includes('*') ? byPattern(system, target.pattern) : byKey(system, target.pattern)
  }
  await bump(system, tagsMeant(system, target.tag))
  return { removed: null, cleared: [], unreachable: [] }
}
