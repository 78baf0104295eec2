/** A namespace on a system: its keys and tags, what may be served of it, what is kept. */
import * as v from 'valibot'
import { bodyBytes, type EntryMeta, type StoredEntry } from './entry.ts'
import { deepFreeze } from './freeze.ts'
import { createKeyBuilder, generationTag, prefixOf } from './key.ts'
import type { LoadNotes } from './load.ts'
import type { CacheNamespace } from './namespace.ts'
import type { Found } from './read.ts'
import { shapeTag } from './shape.ts'
import type { NamespaceCounters } from './statistics.ts'
import type { CacheSystem } from './system.ts'
import { isTierFailure, type TierId } from './tiers/tier.ts'
import { bumpedTag, freshnessOf, isOwnInForce, keyTag, LONGEST_KEPT_MS } from './validity.ts'

type Params = Readonly<Record<string, string>>

/** A share of the lifetime, at random: entries that were loaded together do not end together. */
const JITTER = 0.1

/** A namespace with everything that reading and loading need of it. */
export interface Opened {
  readonly name: string
  readonly space: CacheNamespace
  readonly system: CacheSystem
  readonly counters: NamespaceCounters
  /** Tag of all its entries. Its version is the generation in their keys. */
  readonly generation: string
  /** @throws {RangeError} when a parameter is missing, empty or too long */
  keyOf(params: Params): string
  tagsOf(key: string, params: Params, more?: readonly string[]): string[]
  /** A valid entry in memory, whatever its age; an invalid one is removed. */
  inMemory(key: string, inputs: string | null): Found | undefined
  /** A valid entry of the shared tiers, which are asked until one has a fresh one. */
  oneInShared(key: string, inputs: string | null): Promise<Found | null>
  /** The same for many, in the order of the keys: one round trip a tier, for those that there is nothing fresh for yet. */
  inShared(keys: readonly string[], inputs: string | null): Promise<Array<Found | null>>
  /** Checks a loaded value against the schema. @throws valibot's error */
  conform(value: unknown): unknown
  metaOf(
    createdAt: number,
    value: unknown,
    versions: Readonly<Record<string, number>>,
    notes: Pick<LoadNotes, 'ttlMs'> & { readonly inputs: string | null },
  ): EntryMeta
  /** Keeps a value in memory and answers what the shared tiers are to hold; null where it may not be kept. */
  keep(key: string, value: unknown, meta: EntryMeta): StoredEntry | null
}

const isFresh = (found: Found | null, now: number): boolean =>
  found !== null && freshnessOf(found.meta, now) === 'fresh'

export function openNamespace(system: CacheSystem, name: string, space: CacheNamespace): Opened {
  const { memory, invalidation, now } = system
  const counters = system.statistics.of(name)
  const builder = createKeyBuilder(space, system.secret)
  const shape = shapeTag(space.schema)
  const generation = generationTag(name)
  let prefix = ''
  let prefixVersion = -1
  system.register({ name, space })

  /** What stands before every key of the generation that is in force. */
  function keyPrefix(): string {
    const version = invalidation.version(generation)
    if (version !== prefixVersion) {
      prefixVersion = version
      prefix = prefixOf(version)
    }
    return prefix
  }

  function remember(key: string, value: unknown, meta: EntryMeta, bytes: number): void {
    memory.set(key, { value: deepFreeze(value), text: null, meta, bytes, namespace: name, checkedAt: -1 })
  }

  /** Keeps what Redis gave as the text it is: whoever reads it next has it parsed and frozen. */
  function rememberText(key: string, text: string, meta: EntryMeta, bytes: number): void {
    memory.set(key, { value: null, text, meta, bytes, namespace: name, checkedAt: -1 })
  }

  let lastVersions: Readonly<Record<string, number>> | null = null
  let lastBumps = -1

  /** Entries of a batch mostly share their versions: but for the own key, one look serves until the next bump. */
  function isInForce(key: string, versions: Readonly<Record<string, number>>): boolean {
    const bumps = system.bumps()
    if (versions === lastVersions && bumps === lastBumps) return isOwnInForce(invalidation, key, versions)
    if (bumpedTag(invalidation, key, versions) !== null) return false
    lastVersions = versions
    lastBumps = bumps
    return true
  }

  /** What a shared tier gave, if it may be served. */
  function accept(stored: StoredEntry, tier: TierId, inputs: string | null): Found | null {
    if (stored.meta.inputs !== inputs || freshnessOf(stored.meta, now()) === 'gone') return null
    if (!isInForce(stored.key, stored.meta.versions)) return null
    if (stored.meta.negative) return { value: null, meta: stored.meta, tier }
    try {
      const raw: unknown = typeof stored.body === 'string' ? JSON.parse(stored.body) : stored.body
      // Redis gives back the very bytes; PostgreSQL another order of keys, which the schema restores.
      const checked = tier === 'redis' && typeof stored.body === 'string' && shape in stored.meta.versions
      return { value: checked ? raw : v.parse(space.schema, raw), meta: stored.meta, tier }
    } catch {
      counters.invalid++
      return null
    }
  }

  /** Copies what only a later tier had into the one before it. */
  function promote(entries: readonly StoredEntry[], from: TierId): void {
    if (entries.length === 0 || from === 'redis') return
    for (const tier of system.writers(space.sharing)) {
      if (tier.id !== from) system.track(tier.setMany(entries).catch(ignoreFailure))
    }
  }

  /** What a tier gave, kept in memory, if it may be served and nothing is known that is as good. */
  function improve(
    known: Found | null,
    stored: StoredEntry,
    tier: TierId,
    inputs: string | null,
  ): Found | null {
    const found = accept(stored, tier, inputs)
    if (!found || (known && !isFresh(found, now()))) return null
    const bytes = bodyBytes(stored)
    if (tier === 'redis' && typeof stored.body === 'string' && !stored.meta.negative) {
      rememberText(stored.key, stored.body, stored.meta, bytes)
    } else remember(stored.key, found.value, found.meta, bytes)
    return found
  }

  /** Puts what a tier answered into its places. */
  function take(
    answers: ReadonlyArray<StoredEntry | null>,
    places: readonly number[],
    found: Array<Found | null>,
    { tier, inputs }: { readonly tier: TierId; readonly inputs: string | null },
  ): void {
    const promoted: StoredEntry[] = []
    for (let i = 0; i < places.length; i++) {
      const place = places[i] as number
      const stored = answers[i]
      const better = stored ? improve(found[place] as Found | null, stored, tier, inputs) : null
      if (!stored || !better) continue
      found[place] = better
      promoted.push(stored)
    }
    promote(promoted, tier)
  }

  return {
    name,
    space,
    system,
    counters,
    generation,
    keyOf: (params) => keyPrefix() + builder.key(params),
    tagsOf: (key, params, more = []) => [generation, keyTag(key), shape, ...builder.tags(params), ...more],
    inMemory(key, inputs) {
      if (!invalidation.isTrusted()) return undefined
      const entry = memory.get(key)
      if (!entry || entry.meta.inputs !== inputs) return undefined
      // No bump since it was looked at last: nothing to look at.
      if (entry.checkedAt !== system.bumps()) {
        if (bumpedTag(invalidation, key, entry.meta.versions) !== null) {
          memory.delete(key)
          return undefined
        }
        entry.checkedAt = system.bumps()
      }
      if (entry.text !== null) {
        const raw: unknown = JSON.parse(entry.text)
        entry.value = deepFreeze(shape in entry.meta.versions ? raw : v.parse(space.schema, raw))
        entry.text = null
      }
      return { value: entry.value, meta: entry.meta, tier: 'memory' }
    },
    async oneInShared(key, inputs) {
      if (!invalidation.isTrusted()) return null
      let found: Found | null = null
      for (const tier of system.readers(space.sharing)) {
        const start = performance.now()
        try {
          const [stored] = await tier.getMany([key])
          counters.latency[tier.id].add(performance.now() - start)
          const better: Found | null = stored ? improve(found, stored, tier.id, inputs) : null
          if (stored && better) promote([stored], tier.id)
          found = better ?? found
        } catch (error) {
          if (!isTierFailure(error)) throw error
        }
        if (isFresh(found, now())) break
      }
      return found
    },
    async inShared(keys, inputs) {
      const found = keys.map((): Found | null => null)
      if (keys.length === 0 || !invalidation.isTrusted()) return found
      let left = keys.map((_, place) => place)
      for (const tier of system.readers(space.sharing)) {
        const start = performance.now()
        try {
          const answers = await tier.getMany(left.map((place) => keys[place] as string))
          counters.latency[tier.id].add(performance.now() - start)
          take(answers, left, found, { tier: tier.id, inputs })
        } catch (error) {
          if (!isTierFailure(error)) throw error
        }
        left = left.filter((place) => !isFresh(found[place] as Found | null, now()))
        if (left.length === 0) break
      }
      return found
    },
    conform: (value) => (value === null ? null : v.parse(space.schema, value)),
    metaOf(createdAt, value, versions, { ttlMs, inputs }) {
      const negative = value === null
      const freshMs = negative ? space.negativeMs : (ttlMs ?? space.ttlMs) * (1 - JITTER * system.random())
      return {
        createdAt,
        freshUntil: createdAt + freshMs,
        keptUntil: createdAt + Math.min(LONGEST_KEPT_MS, freshMs + (negative ? 0 : space.graceMs)),
        versions,
        inputs,
        negative,
      }
    },
    keep(key, value, meta) {
      if (meta.negative && space.negativeMs === 0) return null
      if (!invalidation.isTrusted()) return null
      if (bumpedTag(invalidation, key, meta.versions) !== null) {
        counters.fenced++
        return null
      }
      const body = value instanceof Uint8Array ? value : JSON.stringify(value)
      const bytes = bodyBytes({ body })
      counters.bytesLoaded += bytes
      if (bytes > space.maxBytes) {
        counters.refused++
        return null
      }
      remember(key, value, meta, bytes)
      return { key, namespace: name, meta, body }
    },
  }
}

function ignoreFailure(error: unknown): null {
  if (!isTierFailure(error)) throw error
  return null
}
