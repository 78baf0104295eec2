/** Whether an entry may be served: by the versions of its tags, and by its age. */
import type { EntryMeta } from './entry.ts'
import type { Invalidation } from './invalidation/invalidation.ts'

/** The tag that every entry has of its own. */
export const keyTag = (key: string): string => KEY_TAG + key

const KEY_TAG = 'key:'

/** The key that a tag is of; null where it is the tag of something else. */
export const keyOfTag = (tag: string): string | null =>
  tag.startsWith(KEY_TAG) ? tag.slice(KEY_TAG.length) : null

/**
 * Stands for {@link keyTag} in the versions of an entry: with the key in its place no two entries would have versions of
 * the same shape, and reading them would cost several times as much.
 */
const OWN = ''

/**
 * No entry is kept longer, however it is declared: versions of tags that were not bumped for longer than this are
 * forgotten, and with them which entries they made invalid.
 */
export const LONGEST_KEPT_MS = 7 * 86_400_000

/** The versions that are in force for some tags of a key. */
export function captureVersions(
  invalidation: Invalidation,
  key: string,
  tags: readonly string[],
): Record<string, number> {
  const own = keyTag(key)
  const versions: Record<string, number> = {}
  for (const tag of tags) versions[tag === own ? OWN : tag] = invalidation.version(tag)
  return versions
}

/** The first tag of a key whose version is another one than as the load began; null where all are in force. */
export function bumpedTag(
  invalidation: Invalidation,
  key: string,
  versions: Readonly<Record<string, number>>,
): string | null {
  for (const name in versions) {
    const version = name === OWN ? invalidation.keyVersion(key) : invalidation.version(name)
    if (version !== versions[name]) return name === OWN ? keyTag(key) : name
  }
  return null
}

/** The version that the tag of the own key must have; undefined where an entry has none. */
export const ownVersion = (versions: Readonly<Record<string, number>>): number | undefined => versions[OWN]

export type Freshness = 'fresh' | 'stale' | 'gone'

export const freshnessOf = ({ freshUntil, keptUntil }: EntryMeta, now: number): Freshness =>
  now < freshUntil ? 'fresh' : now < keptUntil ? 'stale' : 'gone'
