/** Which keys on the wire belong to which namespace. */
import { PHASE_RULES } from '../phases.ts'
import type { CacheSystem, OpenNamespace } from '../system.ts'
import type { SharedTier, TierId } from '../tiers/tier.ts'

/** Tag of all entries of a namespace; its version stands in their keys. */
export const generationTag = (name: string): string => `namespace:${name}`

/** What stands before the keys of a namespace that are in force. */
export const wirePrefix = ({ invalidation }: CacheSystem, name: string): string =>
  `myoserve:${invalidation.version(generationTag(name))}:`

/** A key on the wire, without what stands before the pattern; null for what is no key of ours. */
export function plainKey(wireKey: string): { readonly prefix: string; readonly key: string } | null {
  const match = /^(myoserve:\d+:)(.+)$/s.exec(wireKey)
  return match ? { prefix: match[1] as string, key: match[2] as string } : null
}

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

/** The namespace of a key on the wire, where it is of the generation in force. */
export function liveNamespaceOf(system: CacheSystem, wireKey: string): OpenNamespace | undefined {
  const plain = plainKey(wireKey)
  const found = plain ? namespaceOf(system, plain.key) : undefined
  return found && plain && wirePrefix(system, found.name) === plain.prefix ? found : undefined
}

/** Shared tiers that the phase reads or writes, whether or not they answer now. */
export function tiersInUse(system: CacheSystem): SharedTier[] {
  const { reads, writes } = PHASE_RULES[system.phase()]
  const ids = new Set<TierId>([...reads, ...writes])
  return [...ids].flatMap((id) => system.tier(id) ?? [])
}
