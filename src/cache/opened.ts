/** A namespace on a system: its keys and tags, what may be served of it, what is kept. */
import * as v from 'valibot'
import { type Asked, createAccepting } from './accepting.ts'
import { bodyBytes, type EntryMeta, type StoredEntry } from './entry.ts'
import { deepFreeze } from './freeze.ts'
import { createKeyBuilder, generationTag, prefixOf } from './key.ts'
import type { LoadNotes } from './load.ts'
import type { CacheNamespace } from './namespace.ts'
import type { Found } from './read.ts'
import { shapeTag } from './shape.ts'
import type { NamespaceCounters } from './statistics.ts'
import type { CacheSystem } from './system.ts'
import { isTierFailure, type SharedTier, type TierId } from './tiers/tier.ts'
import { bumpedTag, freshnessOf, keyTag, LONGEST_KEPT_MS } from './validity.ts'

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
  /** The same for many, of one generation. */
  keysOf(list: readonly Params[]): string[]
  tagsOf(key: string, params: Params, more?: readonly string[]): string[]
  /** A valid entry in memory, whatever its age; an invalid one is removed. To be asked while invalidations are heard. */
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
  const accept = createAccepting(system, space, counters, shape)
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

  const isText = ({ body, meta }: StoredEntry, tier: TierId): boolean =>
    tier === 'redis' && typeof body === 'string' && !meta.negative

  /**
   * Keeps what a batch of Redis gave once its reader has been answered, unless something newer has come by then. Nobody
   * can have changed it: a reader has a value of its own.
   */
  function rememberLater(entries: readonly StoredEntry[]): void {
    const remember = (): void => {
      for (const stored of entries) {
        const known = memory.peek(stored.key)
        const bytes = bodyBytes(stored)
        if (!memory.takes(bytes) || (known && known.meta.createdAt >= stored.meta.createdAt)) continue
        rememberText(stored.key, stored.body as string, stored.meta, bytes)
      }
    }
    // Two turns on: in the next one the client writes what the reader asks for next.
    setImmediate(() => setImmediate(remember))
  }

  /** Copies what only a later tier had into the one before it. */
  function promote(entries: readonly StoredEntry[], from: TierId): void {
    if (entries.length === 0 || from === 'redis') return
    for (const tier of system.writers(space.sharing)) {
      if (tier.id !== from) system.track(tier.setMany(entries).catch(ignoreFailure))
    }
  }

  /** What a tier gave, if it may be served and nothing is known that is as good. */
  function improve(known: Found | null, stored: StoredEntry, asked: Asked): Found | null {
    const found = accept(stored, asked)
    return !found || (known && !isFresh(found, asked.time)) ? null : found
  }

  /**
   * Puts what a tier answered into its places.
   *
   * @param places of the answers; null: those of all keys, in their order
   * @returns the places that there is nothing fresh for yet
   */
  function take(
    answers: ReadonlyArray<StoredEntry | null>,
    places: readonly number[] | null,
    found: Array<Found | null>,
    asked: Asked,
  ): number[] {
    const left: number[] = []
    const promoted: StoredEntry[] = []
    const later: StoredEntry[] = []
    for (let i = 0; i < answers.length; i++) {
      const place = places === null ? i : (places[i] as number)
      const stored = answers[i]
      const better = stored ? improve(found[place] as Found | null, stored, asked) : null
      if (better === null || !isFresh(better, asked.time)) left.push(place)
      if (!stored || !better) continue
      found[place] = better
      if (asked.tier !== 'redis') promoted.push(stored)
      if (isText(stored, asked.tier)) {
        // A text has no fewer bytes than characters.
        if (memory.takes((stored.body as string).length)) later.push(stored)
      } else remember(stored.key, better.value, better.meta, bodyBytes(stored))
    }
    if (later.length > 0) rememberLater(later)
    promote(promoted, asked.tier)
    return left
  }

  /** Asks one tier; null where it fails. */
  async function ask(tier: SharedTier, keys: readonly string[]): Promise<Array<StoredEntry | null> | null> {
    const start = performance.now()
    try {
      const answers = await tier.getMany(keys)
      counters.latency[tier.id].add(performance.now() - start)
      return answers
    } catch (error) {
      if (!isTierFailure(error)) throw error
      return null
    }
  }

  return {
    name,
    space,
    system,
    counters,
    generation,
    keyOf: (params) => builder.key(keyPrefix(), params),
    keysOf(list) {
      const prefix = keyPrefix()
      return list.map((params) => builder.key(prefix, params))
    },
    tagsOf: (key, params, more = []) => [generation, keyTag(key), shape, ...builder.tags(params), ...more],
    inMemory(key, inputs) {
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
        const stored = (await ask(tier, [key]))?.[0]
        const time = now()
        const better: Found | null = stored ? improve(found, stored, { tier: tier.id, inputs, time }) : null
        if (stored && better) {
          const bytes = bodyBytes(stored)
          if (isText(stored, tier.id)) rememberText(key, stored.body as string, stored.meta, bytes)
          else remember(key, better.value, better.meta, bytes)
          promote([stored], tier.id)
        }
        found = better ?? found
        if (isFresh(found, time)) break
      }
      // Trust may have ended while a tier was slow: what was bumped meanwhile was not heard then.
      return invalidation.isTrusted() ? found : null
    },
    async inShared(keys, inputs) {
      const found = Array<Found | null>(keys.length).fill(null)
      if (keys.length === 0 || !invalidation.isTrusted()) return found
      let left: number[] | null = null
      for (const tier of system.readers(space.sharing)) {
        const answers = await ask(tier, left?.map((place) => keys[place] as string) ?? keys)
        if (answers) left = take(answers, left, found, { tier: tier.id, inputs, time: now() })
        if (left?.length === 0) break
      }
      // Trust may have ended while a tier was slow: what was bumped meanwhile was not heard then.
      return invalidation.isTrusted() ? found : found.fill(null)
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
