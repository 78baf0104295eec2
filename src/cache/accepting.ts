/** What of a shared tier's answers may be served, and as what value. */
import * as v from 'valibot'
import type { StoredEntry } from './entry.ts'
import type { CacheNamespace } from './namespace.ts'
import type { Found } from './read.ts'
import type { NamespaceCounters } from './statistics.ts'
import type { CacheSystem } from './system.ts'
import type { TierId } from './tiers/tier.ts'
import { bumpedTag, freshnessOf, ownVersion } from './validity.ts'

/** What was asked for, of which tier, and when it answered. */
export interface Asked {
  readonly tier: TierId
  readonly inputs: string | null
  readonly time: number
}

/** What the versions of entries say, as long as nothing is bumped; those of their keys apart. */
interface Verdict {
  readonly versions: Readonly<Record<string, number>>
  readonly bumps: number
  /** The version that the tag of the key must have; undefined where the entry has none. */
  readonly own: number | undefined
  /** Whether the schema in force has accepted the bytes as they were written. */
  readonly isOfShape: boolean
}

/**
 * Makes the check of what shared tiers gave.
 *
 * @param shape tag of the entries whose values the schema in force has accepted
 * @returns what may be served of an entry; null where it is outdated, of other inputs, or not of the schema
 */
export function createAccepting(
  { invalidation, bumps }: CacheSystem,
  { schema }: CacheNamespace,
  counters: NamespaceCounters,
  shape: string,
): (stored: StoredEntry, asked: Asked) => Found | null {
  let last: Verdict | null = null

  /** Entries of a batch mostly share their versions: but for the own key, one look serves until the next bump. */
  function judge(key: string, versions: Verdict['versions']): Verdict | null {
    const count = bumps()
    if (last !== null && versions === last.versions && count === last.bumps) {
      return last.own === undefined || invalidation.keyVersion(key) === last.own ? last : null
    }
    if (bumpedTag(invalidation, key, versions) !== null) return null
    last = { versions, bumps: count, own: ownVersion(versions), isOfShape: shape in versions }
    return last
  }

  return ({ key, meta, body }, { tier, inputs, time }) => {
    if (meta.inputs !== inputs || freshnessOf(meta, time) === 'gone') return null
    const verdict = judge(key, meta.versions)
    if (verdict === null) return null
    if (meta.negative) return { value: null, meta, tier }
    try {
      if (typeof body !== 'string') return { value: v.parse(schema, body), meta, tier }
      const raw: unknown = JSON.parse(body)
      // Redis gives back the very bytes; PostgreSQL another order of keys, which the schema restores.
      const value = tier === 'redis' && verdict.isOfShape ? raw : v.parse(schema, raw)
      return { value, meta, tier }
    } catch {
      counters.invalid++
      return null
    }
  }
}
