/** Which keys on the wire belong to which namespace. */
import { generationTag, prefixOf } from '../key.ts'
import { PHASE_RULES } from '../phases.ts'
import type { CacheSystem, OpenNamespace } from '../system.ts'
import type { SharedTier, TierId } from '../tiers/tier.ts'

/** What stands before the keys of a namespace that are in force. */
export const wirePrefix = ({ invalidation }: CacheSystem, name: string): string =>
  prefixOf(invalidation.version(generationTag(name)))

/** Whether a key, without its prefix, is of a pattern such as `session:{sessionId}:metadata`. */
export function isOfPattern(pattern: string, key: string): boolean {
  const segments = pattern.split(':')
  const given = key.split(':')
  return (
    segments.length === given.length &&
    segments.every((segment, i) => (segment.startsWith('{') ? given[i] !== '' : segment === given[i]))
  )
}

/** Whether some key of a pattern may begin with a prefix. */
export function mayBegin(pattern: string, prefix: string): boolean {
  const [literal = ''] = pattern.split('{')
  return pattern.includes('{') && literal.length <= prefix.length
    ? prefix.startsWith(literal)
    : pattern.startsWith(prefix)
}

/** The namespace of a key, without its prefix: no two have patterns that some key could be of. */
export const namespaceOf = (system: CacheSystem, key: string): OpenNamespace | undefined =>
  system.namespaces().find(({ space }) => isOfPattern(space.key, key))

/** A key on the wire, with what it is of. */
export interface Located {
  readonly space: OpenNamespace
  /** Without what stands before the pattern. */
  readonly key: string
}

/**
 * Tells keys on the wire that are of some namespaces, in the generations in force as it is made.
 *
 * @returns a function that answers undefined for any other key
 */
export function createLocator(
  system: CacheSystem,
  spaces: readonly OpenNamespace[],
): (wireKey: string) => Located | undefined {
  const all = spaces.map((space) => {
    const prefix = wirePrefix(system, space.name)
    const [literal = ''] = space.space.key.split('{')
    return { space, head: prefix + literal, prefix, pattern: space.space.key }
  })
  return (wireKey) => {
    for (const { space, head, prefix, pattern } of all) {
      if (!wireKey.startsWith(head)) continue
      const key = wireKey.slice(prefix.length)
      if (isOfPattern(pattern, key)) return { space, key }
    }
    return undefined
  }
}

/** Shared tiers that the phase reads or writes, whether or not they answer now. */
export function tiersInUse(system: CacheSystem): SharedTier[] {
  const { reads, writes } = PHASE_RULES[system.phase()]
  const ids = new Set<TierId>([...reads, ...writes])
  return [...ids].flatMap((id) => system.tier(id) ?? [])
}
