/** Get-or-load on one namespace: memory, shared tiers, one load for all who wait. */
import * as v from 'valibot'
import { bodyBytes, type EntryMeta, type StoredEntry } from './entry.ts'
import { deepFreeze } from './freeze.ts'
import { createKeyBuilder } from './key.ts'
import { leaseFor } from './lease.ts'
import { type LoadContext, type LoadNotes, runLoad } from './load.ts'
import type { MemoryEntry } from './memory.ts'
import type { CacheNamespace, CacheNamespaces, KeyParams } from './namespace.ts'
import { isSampled, type NamespaceCounters, type TierName } from './statistics.ts'
import type { CacheSystem } from './system.ts'
import { isTierFailure, type TierId } from './tiers/tier.ts'
import { bumpedTag, captureVersions, freshnessOf } from './validity.ts'

/** Where a value came from, and why: every read can say so. */
export interface Provenance {
  readonly status: 'HIT' | 'MISS' | 'STALE'
  readonly tier: TierName | 'loader'
  /** Age of the value in milliseconds. */
  readonly ageMs: number
  /** Why it was served so, in words. */
  readonly reason: string
}

export interface CacheRead<Value> extends Provenance {
  readonly value: Value
}

export interface ReadOptions {
  /** Tags beside those of the declaration. */
  readonly tags?: readonly string[]
  /** Ends the waiting of this caller; the load goes on for the others. */
  readonly signal?: AbortSignal
}

export type Loader<Value> = (context: LoadContext) => Value | Promise<Value>

/** One namespace as its plugin sees it. Values are shared: they are frozen. */
export interface Cache<Params, Value> {
  /**
   * The cached value, or the loader's. All who ask at once share one load and its failure, in this process and, as long
   * as a shared tier answers, on all nodes. What is stale is served while it loads anew, or where loading fails. What
   * was invalidated is never served.
   *
   * @param load null is an answer too; it is kept for the namespace's `negativeTtl`
   * @throws what the loader throws, where nothing stale may be served; {@link LoadTimeout}
   */
  getOrLoad(params: Params, load: Loader<Value>, options?: ReadOptions): Promise<CacheRead<Value>>
  /** The cached value, fresh or stale, without loading. */
  get(params: Params): Promise<CacheRead<Value> | null>
  /**
   * Many at once: one round trip a tier, and one call of the loader for all that are nowhere.
   *
   * @param load answers in the order of what it is given
   */
  getMany(
    params: readonly Params[],
    load: (missing: readonly Params[], context: LoadContext) => Promise<readonly Value[]>,
  ): Promise<Array<CacheRead<Value>>>
  set(params: Params, value: Value, options?: Pick<ReadOptions, 'tags'>): Promise<void>
  setMany(entries: ReadonlyArray<{ readonly params: Params; readonly value: Value }>): Promise<void>
  /** Forgets one entry, on every node, before it resolves. */
  delete(params: Params): Promise<void>
  /** Forgets all entries, on every node, at a cost that does not depend on how many there are. */
  clear(): Promise<void>
}

/** The caches a plugin gets, typed from its declaration. */
export type ScopedCaches<N extends CacheNamespaces> = {
  readonly [K in keyof N]: N[K] extends CacheNamespace<infer Pattern, infer Value>
    ? Cache<KeyParams<Pattern>, Value>
    : never
}

/** A share of the lifetime, at random: entries that were loaded together do not end together. */
const JITTER = 0.1

/** After a refresh in the background has failed, it is not tried again for so long. */
const RETRY_MS = 2000

/** What a flight brings: a read, with how to count it. */
type Outcome = CacheRead<unknown>

interface Flight {
  readonly versions: Readonly<Record<string, number>>
  readonly outcome: Promise<Outcome>
}

/** An entry that was found and may be served. */
interface Found {
  readonly value: unknown
  readonly meta: EntryMeta
  readonly tier: TierName
}

export const generationTag = (namespace: string): string => `namespace:${namespace}`

function openCache(
  system: CacheSystem,
  name: string,
  space: CacheNamespace,
): Cache<Record<string, string>, unknown> {
  const { memory, invalidation, now } = system
  const counters: NamespaceCounters = system.statistics.of(name)
  const builder = createKeyBuilder(space, system.secret)
  const generation = generationTag(name)
  const flights = new Map<string, Flight>()
  const retryAt = new Map<string, number>()
  system.register({ name, space })

  const keyOf = (params: Record<string, string>): string =>
    `myoserve:${invalidation.version(generation)}:${builder.key(params)}`

  const tagsOf = (key: string, params: Record<string, string>, more: readonly string[] = []): string[] => [
    generation,
    `key:${key}`,
    ...builder.tags(params),
    ...more,
  ]

  // --- What is there ---

  /** A valid entry in memory; an invalid one is removed. */
  function inMemory(key: string): MemoryEntry | undefined {
    if (!invalidation.isTrusted()) return undefined
    const entry = memory.get(key)
    if (!entry || entry.checkedAt === system.bumps()) return entry
    if (bumpedTag(invalidation, entry.meta.versions) === null) {
      entry.checkedAt = system.bumps()
      return entry
    }
    memory.delete(key)
    return undefined
  }

  function remember(key: string, value: unknown, meta: EntryMeta, bytes: number): void {
    const entry = { value: deepFreeze(value), meta, bytes, namespace: name, checkedAt: -1 }
    memory.set(key, entry, meta.keptUntil - now())
  }

  /** What a shared tier gave, if it may be served. */
  function accept(stored: StoredEntry | null | undefined, tier: TierId): Found | null {
    if (!stored || freshnessOf(stored.meta, now()) === 'gone') return null
    if (bumpedTag(invalidation, stored.meta.versions) !== null) return null
    if (stored.meta.negative) return { value: null, meta: stored.meta, tier }
    try {
      const raw: unknown = typeof stored.body === 'string' ? JSON.parse(stored.body) : stored.body
      return { value: v.parse(space.schema, raw), meta: stored.meta, tier }
    } catch {
      counters.invalid++
      return null
    }
  }

  /** One round trip a tier, for the keys that the tiers before it had nothing fresh for. */
  async function fromShared(keys: readonly string[]): Promise<Map<string, Found>> {
    const found = new Map<string, Found>()
    if (!invalidation.isTrusted()) return found
    for (const tier of system.readers(space.sharing)) {
      const left = keys.filter((key) => {
        const known = found.get(key)
        return !known || freshnessOf(known.meta, now()) !== 'fresh'
      })
      if (left.length === 0) break
      const start = performance.now()
      const stored = await tier.getMany(left).catch((error: unknown) => {
        if (!isTierFailure(error)) throw error
        return null
      })
      if (!stored) continue
      counters.latency[tier.id].add(performance.now() - start)
      const promoted: StoredEntry[] = []
      for (const [i, key] of left.entries()) {
        const each = accept(stored[i], tier.id)
        if (!each || (found.has(key) && freshnessOf(each.meta, now()) !== 'fresh')) continue
        found.set(key, each)
        remember(key, each.value, each.meta, bodyBytes(stored[i] as StoredEntry))
        promoted.push(stored[i] as StoredEntry)
      }
      promote(promoted, tier.id)
    }
    return found
  }

  /** Copies what only a later tier had into those before it. */
  function promote(entries: readonly StoredEntry[], from: TierId): void {
    if (entries.length === 0) return
    for (const tier of system.writers(space.sharing)) {
      if (tier.id === from || from === 'redis') continue
      system.track(tier.setMany(entries).catch((error: unknown) => ignoreFailure(error)))
    }
  }

  const ignoreFailure = (error: unknown): void => {
    if (!isTierFailure(error)) throw error
  }

  const read = (found: Found, status: 'HIT' | 'STALE', reason: string): Outcome => ({
    value: found.value,
    status,
    tier: found.tier,
    ageMs: Math.max(0, now() - found.meta.createdAt),
    reason,
  })

  // --- Loading ---

  const jitter = (ms: number): number => ms * (1 - JITTER * system.random())

  function metaOf(
    createdAt: number,
    value: unknown,
    versions: Readonly<Record<string, number>>,
    { ttlMs }: Pick<LoadNotes, 'ttlMs'>,
  ): EntryMeta {
    const negative = value === null
    const fresh = negative ? space.negativeMs : jitter(ttlMs ?? space.ttlMs)
    return {
      createdAt,
      freshUntil: createdAt + fresh,
      keptUntil: createdAt + fresh + (negative ? 0 : space.graceMs),
      versions,
      negative,
    }
  }

  /** Keeps a value in memory and hands back what the shared tiers are to hold; null where it may not be kept. */
  function keep(key: string, value: unknown, meta: EntryMeta): StoredEntry | null {
    if (meta.negative && space.negativeMs === 0) return null
    if (!invalidation.isTrusted()) return null
    if (bumpedTag(invalidation, meta.versions) !== null) {
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
  }

  const conform = (value: unknown): unknown => (value === null ? null : v.parse(space.schema, value))

  async function load(
    key: string,
    tags: readonly string[],
    loader: Loader<unknown>,
  ): Promise<{ readonly value: unknown; readonly stored: StoredEntry | null }> {
    const versions = captureVersions(invalidation, tags)
    const createdAt = now()
    const start = performance.now()
    counters.loads++
    try {
      const { value: raw, notes } = await runLoad(loader, space.deadlineMs)
      const value = conform(raw)
      counters.latency.load.add(performance.now() - start)
      // Tags that the loader adds are captured after it began: one that was bumped since is not known to be in force.
      const late = captureVersions(invalidation, notes.tags)
      const meta = metaOf(createdAt, value, { ...late, ...versions }, notes)
      return { value, stored: notes.keep ? keep(key, value, meta) : null }
    } catch (error) {
      counters.loadFailures++
      throw error
    }
  }

  /** Loads unless another node does, whose value is then taken; writes the shared tiers before the lease is released. */
  async function loadAlone(
    key: string,
    tags: readonly string[],
    loader: Loader<unknown>,
    why: string,
  ): Promise<Outcome> {
    const lease = await leaseFor(key, system.writers(space.sharing), {
      waitMs: space.deadlineMs,
      filled: async () => {
        const found = (await fromShared([key])).get(key)
        return found && freshnessOf(found.meta, now()) === 'fresh' ? found : null
      },
    })
    if (lease.filled) return read(lease.filled, 'HIT', `another node loaded it (${lease.filled.tier})`)
    try {
      const { value, stored } = await load(key, tags, loader)
      const written = stored ? system.write([stored], space.sharing) : Promise.resolve()
      system.track(written.finally(lease.release))
      return { value, status: 'MISS', tier: 'loader', ageMs: 0, reason: why }
    } catch (error) {
      system.track(lease.release())
      throw error
    }
  }

  /** Starts a flight, which those who come join as long as nothing was invalidated since. */
  function fly(key: string, tags: readonly string[], work: () => Promise<Outcome>): Promise<Outcome> {
    const outcome = work().finally(() => {
      if (flights.get(key)?.outcome === outcome) flights.delete(key)
    })
    flights.set(key, { versions: captureVersions(invalidation, tags), outcome })
    return outcome
  }

  /** A flight that began before an invalidation brings what is outdated: who comes after must not join it. */
  function joinable(key: string): Flight | undefined {
    const flight = flights.get(key)
    return flight && bumpedTag(invalidation, flight.versions) === null ? flight : undefined
  }

  /** Loads anew while the stale value is served. */
  function refresh(key: string, tags: readonly string[], loader: Loader<unknown>): void {
    if (flights.has(key) || now() < (retryAt.get(key) ?? 0)) return
    const outcome = fly(key, tags, () => loadAlone(key, tags, loader, 'refreshed'))
    system.track(
      outcome.then(
        () => void retryAt.delete(key),
        () => {
          if (retryAt.size > 10_000) retryAt.clear()
          retryAt.set(key, now() + RETRY_MS)
        },
      ),
    )
  }

  /** Shared tiers, then the loader. */
  async function fetch(key: string, tags: readonly string[], loader: Loader<unknown>): Promise<Outcome> {
    const trusted = invalidation.isTrusted()
    const found = (await fromShared([key])).get(key)
    if (found && freshnessOf(found.meta, now()) === 'fresh') {
      return read(found, 'HIT', `fresh in ${found.tier}`)
    }
    if (found) return read(found, 'STALE', 'stale while it loads anew')
    return loadAlone(
      key,
      tags,
      loader,
      trusted ? 'loaded: nothing valid was there' : 'loaded: invalidations are not heard',
    )
  }

  function count({ status, tier }: Outcome): void {
    if (status === 'STALE') counters.stale++
    else if (tier === 'loader') counters.misses++
    else counters.hits[tier]++
  }

  function patient<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    if (!signal) return work
    if (signal.aborted) return Promise.reject(signal.reason)
    const { promise, reject } = Promise.withResolvers<never>()
    const abort = (): void => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', abort))
  }

  /** What memory has, counted; undefined where it has nothing. */
  function serveMemory(key: string): Outcome | undefined {
    const sampled = isSampled(counters)
    const start = sampled ? performance.now() : 0
    const entry = inMemory(key)
    if (!entry) return undefined
    const freshness = freshnessOf(entry.meta, now())
    if (freshness === 'gone') return undefined
    const found = { value: entry.value, meta: entry.meta, tier: 'memory' as const }
    if (sampled) counters.latency.memory.add(performance.now() - start)
    if (freshness === 'fresh') {
      counters.hits.memory++
      return read(found, 'HIT', 'fresh in memory')
    }
    counters.stale++
    return read(found, 'STALE', 'stale while it loads anew')
  }

  // --- The interface ---

  return {
    getOrLoad(params, loader, options) {
      let key: string
      try {
        key = keyOf(params)
      } catch (error) {
        return Promise.reject(error)
      }
      const served = serveMemory(key)
      if (served?.status === 'HIT') return Promise.resolve(served)
      const tags = tagsOf(key, params, options?.tags)
      if (served) {
        refresh(key, tags, loader)
        return Promise.resolve(served)
      }
      const outcome = joinable(key)?.outcome ?? fly(key, tags, () => fetch(key, tags, loader))
      return patient(
        outcome.then(
          (each) => {
            count(each)
            if (each.status === 'STALE') refresh(key, tags, loader)
            return each
          },
          (error: unknown) => {
            counters.failures++
            throw error
          },
        ),
        options?.signal,
      )
    },
    async get(params) {
      const key = keyOf(params)
      const served = serveMemory(key)
      if (served) return served
      const found = (await fromShared([key])).get(key)
      if (!found) return null
      const fresh = freshnessOf(found.meta, now()) === 'fresh'
      const outcome = read(found, fresh ? 'HIT' : 'STALE', `${fresh ? 'fresh' : 'stale'} in ${found.tier}`)
      count(outcome)
      return outcome
    },
    async getMany(list, loadMany) {
      const keys = list.map(keyOf)
      const outcomes = new Map<string, Outcome>()
      for (const key of new Set(keys)) {
        const served = serveMemory(key)
        if (served?.status === 'HIT') outcomes.set(key, served)
      }
      const absent = [...new Set(keys)].filter((key) => !outcomes.has(key))
      const flying = absent.filter((key) => joinable(key))
      const joined = flying.map(async (key) => [key, await (joinable(key) as Flight).outcome] as const)
      const rest = absent.filter((key) => !flying.includes(key))
      const found = await fromShared(rest)
      const missing: string[] = []
      for (const key of rest) {
        const each = found.get(key)
        if (each && freshnessOf(each.meta, now()) === 'fresh') {
          outcomes.set(key, read(each, 'HIT', `fresh in ${each.tier}`))
        } else missing.push(key)
      }
      if (missing.length > 0) {
        const paramsOf = (key: string) => list[keys.indexOf(key)] as Record<string, string>
        for (const [key, outcome] of await loadMissing(missing, paramsOf, loadMany))
          outcomes.set(key, outcome)
      }
      for (const [key, outcome] of await Promise.all(joined)) outcomes.set(key, outcome)
      return keys.map((key) => {
        const outcome = outcomes.get(key) as Outcome
        if (outcome.tier !== 'memory') count(outcome)
        return outcome
      })
    },
    async set(params, value, options) {
      await store([{ params, value, tags: options?.tags ?? [] }])
    },
    async setMany(entries) {
      await store(entries.map((entry) => ({ ...entry, tags: [] })))
    },
    async delete(params) {
      const key = keyOf(params)
      memory.delete(key)
      await (await system.invalidate([`key:${key}`])).settled()
    },
    async clear() {
      await (await system.invalidate([generation])).settled()
      memory.deleteWhere((_, entry) => entry.namespace === name)
    },
  }

  /** One call of the loader for all keys; each of them is a flight that others may join. */
  async function loadMissing(
    missing: readonly string[],
    paramsOf: (key: string) => Record<string, string>,
    loadMany: (
      missing: readonly Record<string, string>[],
      context: LoadContext,
    ) => Promise<readonly unknown[]>,
  ): Promise<Map<string, Outcome>> {
    const { promise, resolve, reject } = Promise.withResolvers<Map<string, Outcome>>()
    // Nobody may wait for the flights but those who join them.
    promise.catch(() => undefined)
    for (const key of missing) {
      const flight = fly(key, tagsOf(key, paramsOf(key)), async () => (await promise).get(key) as Outcome)
      flight.catch(() => undefined)
    }
    const versions = missing.map((key) => captureVersions(invalidation, tagsOf(key, paramsOf(key))))
    const createdAt = now()
    const start = performance.now()
    counters.loads++
    try {
      const { value: values, notes } = await runLoad(
        (context) => loadMany(missing.map(paramsOf), context),
        space.deadlineMs,
      )
      if (values.length !== missing.length) {
        throw new RangeError(`the loader gave ${values.length} values for ${missing.length} keys`)
      }
      counters.latency.load.add(performance.now() - start)
      const late = captureVersions(invalidation, notes.tags)
      const outcomes = new Map<string, Outcome>()
      const stored: StoredEntry[] = []
      for (const [i, key] of missing.entries()) {
        const value = conform(values[i])
        const meta = metaOf(createdAt, value, { ...late, ...versions[i] }, notes)
        const kept = notes.keep ? keep(key, value, meta) : null
        if (kept) stored.push(kept)
        outcomes.set(key, { value, status: 'MISS', tier: 'loader', ageMs: 0, reason: 'loaded with others' })
      }
      if (stored.length > 0) system.track(system.write(stored, space.sharing))
      resolve(outcomes)
      return outcomes
    } catch (error) {
      counters.loadFailures++
      reject(error)
      throw error
    }
  }

  async function store(
    entries: ReadonlyArray<{
      readonly params: Record<string, string>
      readonly value: unknown
      readonly tags: readonly string[]
    }>,
  ): Promise<void> {
    const createdAt = now()
    const kept = entries.flatMap(({ params, value, tags }) => {
      const key = keyOf(params)
      const versions = captureVersions(invalidation, tagsOf(key, params, tags))
      const conforming = conform(value)
      return keep(key, conforming, metaOf(createdAt, conforming, versions, { ttlMs: null })) ?? []
    })
    if (kept.length > 0) await system.write(kept, space.sharing)
  }
}

/** Opens the namespaces that a plugin declared. */
export function openCaches<N extends CacheNamespaces>(
  system: CacheSystem,
  owner: string,
  spaces: N,
): ScopedCaches<N> {
  const opened = Object.entries(spaces).map(([name, space]) => [
    name,
    openCache(system, `${owner}.${name}`, space),
  ])
  // The declared pattern and schema give the types; at run time every namespace is the same code.
  return Object.fromEntries(opened) as ScopedCaches<N>
}
