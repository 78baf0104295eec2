/** Whether an entry may be served: by the versions of its tags, and by its age. */
import type { EntryMeta } from './entry.ts'
import type { Invalidation } from './invalidation/invalidation.ts'

/** The versions that are in force for some tags. */
export function captureVersions(invalidation: Invalidation, tags: readonly string[]): Record<string, number> {
  const versions: Record<string, number> = {}
  for (const tag of tags) versions[tag] = invalidation.version(tag)
  return versions
}

/** The first tag whose version is another one than as the load began; null where all are in force. */
export function bumpedTag(
  invalidation: Invalidation,
  versions: Readonly<Record<string, number>>,
): string | null {
  for (const tag in versions) if (invalidation.version(tag) !== versions[tag]) return tag
  return null
}

export type Freshness = 'fresh' | 'stale' | 'gone'

export const freshnessOf = ({ freshUntil, keptUntil }: EntryMeta, now: number): Freshness =>
  now < freshUntil ? 'fresh' : now < keptUntil ? 'stale' : 'gone'
