/** One namespace as its plugin sees it: get-or-load over memory and shared tiers. */
import { createFlights } from './flights.ts'
import type { LoadContext } from './load.ts'
import { type BatchLoader, createLoading, type Loader } from './loading.ts'
import type { CacheNamespace, CacheNamespaces, KeyParams } from './namespace.ts'
import { openNamespace } from './opened.ts'
import { type CacheRead, served, type Target } from './read.ts'
import { isSampled } from './statistics.ts'
import type { CacheSystem } from './system.ts'
import { captureVersions, freshnessOf, keyTag } from './validity.ts'

export type { Loader } from './loading.ts'
export type { CacheRead, Provenance } from './read.ts'

/** What one read says beside the key. */
export interface ReadOptions {
  /** Tags beside those of the declaration. */
  readonly tags?: readonly string[]
  /**
   * Names what the value is computed from beside the key, such as a hash of parameters and program version. An entry
   * of other inputs is none.
   */
  readonly inputs?: string
  /** Ends the waiting of this caller; the load goes on for the others. */
  readonly signal?: AbortSignal
}

/** Values are shared among all who read them: they are frozen. */
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

type Params = Readonly<Record<string, string>>

const FRESH_IN = {
  memory: 'fresh in memory',
  redis: 'fresh in redis',
  postgres: 'fresh in postgres',
} as const

/** Waits for work, but no longer than a caller does. */
function until<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work
  if (signal.aborted) return Promise.reject(signal.reason)
  const { promise, reject } = Promise.withResolvers<never>()
  const abort = (): void => reject(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', abort))
}

function openCache(system: CacheSystem, name: string, space: CacheNamespace): Cache<Params, unknown> {
  const opened = openNamespace(system, name, space)
  const { counters, keyOf, tagsOf } = opened
  const { now } = system
  const flights = createFlights(system.invalidation)
  const loading = createLoading(opened, flights)

  function count({ status, tier }: CacheRead<unknown>): void {
    if (status === 'STALE') counters.stale++
    else if (tier === 'loader') counters.misses++
    else counters.hits[tier]++
  }

  /** What memory has, not yet counted; undefined where it has nothing. */
  function fromMemory(key: string, inputs: string | null): CacheRead<unknown> | undefined {
    const sampled = isSampled(counters)
    const start = sampled ? performance.now() : 0
    const found = opened.inMemory(key, inputs)
    if (!found) return undefined
    const time = now()
    const freshness = freshnessOf(found.meta, time)
    if (freshness === 'gone') {
      system.memory.delete(key)
      return undefined
    }
    if (sampled) counters.latency.memory.add(performance.now() - start)
    return freshness === 'fresh'
      ? served(found, 'HIT', 'fresh in memory', time)
      : served(found, 'STALE', 'stale while it loads anew', time)
  }

  async function fetched(target: Target, load: Loader<unknown>): Promise<CacheRead<unknown>> {
    try {
      const outcome =
        flights.joinable(target.key, target.inputs) ??
        flights.start(target, () => loading.fetch(target, load))
      const read = await outcome
      count(read)
      if (read.status === 'STALE') loading.refresh(target, load)
      return read
    } catch (error) {
      counters.failures++
      throw error
    }
  }

  async function many(list: readonly Params[], load: BatchLoader): Promise<Array<CacheRead<unknown>>> {
    const keys = list.map(keyOf)
    const reads = new Map<string, CacheRead<unknown> | null>()
    const joined: Array<Promise<void>> = []
    const rest: string[] = []
    for (const key of keys) {
      if (reads.has(key)) continue
      const read = fromMemory(key, null)
      reads.set(key, read?.status === 'HIT' ? read : null)
      if (read?.status === 'HIT') continue
      const flight = flights.joinable(key, null)
      if (flight) joined.push(flight.then((each) => void reads.set(key, each)))
      else rest.push(key)
    }
    const found = await opened.inShared(rest, null)
    const missing: string[] = []
    const time = now()
    for (let i = 0; i < rest.length; i++) {
      const key = rest[i] as string
      const each = found[i]
      if (each && freshnessOf(each.meta, time) === 'fresh') {
        reads.set(key, served(each, 'HIT', FRESH_IN[each.tier], time))
      } else missing.push(key)
    }
    if (missing.length > 0) {
      const paramsOf = new Map(keys.map((key, i) => [key, list[i] as Params]))
      const params = missing.map((key) => paramsOf.get(key) as Params)
      const targets = missing.map((key, i) => ({ key, tags: tagsOf(key, params[i] as Params), inputs: null }))
      for (const [key, read] of await loading.loadMany(targets, params, load)) reads.set(key, read)
    }
    await Promise.all(joined)
    return keys.map((key) => {
      const read = reads.get(key) as CacheRead<unknown>
      count(read)
      return read
    })
  }

  async function store(
    entries: ReadonlyArray<{
      readonly params: Params
      readonly value: unknown
      readonly tags?: readonly string[]
    }>,
  ): Promise<void> {
    const createdAt = now()
    const stored = entries.flatMap(({ params, value: raw, tags = [] }) => {
      const key = keyOf(params)
      const versions = captureVersions(system.invalidation, key, tagsOf(key, params, tags))
      const value = opened.conform(raw)
      const meta = opened.metaOf(createdAt, value, versions, { ttlMs: null, inputs: null })
      return opened.keep(key, value, meta) ?? []
    })
    if (stored.length > 0) await system.write(stored, space.sharing)
  }

  return {
    // No async function: a hit in memory costs one settled promise.
    getOrLoad(params, load, options) {
      let key: string
      try {
        key = keyOf(params)
      } catch (error) {
        return Promise.reject(error)
      }
      const inputs = options?.inputs ?? null
      const read = fromMemory(key, inputs)
      if (read) count(read)
      if (read?.status === 'HIT') return Promise.resolve(read)
      const target = { key, tags: tagsOf(key, params, options?.tags), inputs }
      if (read) {
        loading.refresh(target, load)
        return Promise.resolve(read)
      }
      return until(fetched(target, load), options?.signal)
    },
    async get(params) {
      const key = keyOf(params)
      const read = fromMemory(key, null)
      if (read) {
        count(read)
        return read
      }
      const found = await opened.oneInShared(key, null)
      if (!found) return null
      const fresh = freshnessOf(found.meta, now()) === 'fresh'
      const shared = fresh
        ? served(found, 'HIT', `fresh in ${found.tier}`, now())
        : served(found, 'STALE', `stale in ${found.tier}`, now())
      count(shared)
      return shared
    },
    getMany: many,
    set: (params, value, options) => store([{ params, value, ...options }]),
    setMany: store,
    async delete(params) {
      const key = keyOf(params)
      await (await system.invalidate([keyTag(key)])).settled()
      system.memory.delete(key)
    },
    async clear() {
      await (await system.invalidate([opened.generation])).settled()
      system.memory.deleteWhere((_, entry) => entry.namespace === name)
    },
  }
}

/**
 * Opens the namespaces that a plugin declared.
 *
 * @param owner name of the plugin
 */
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

/** Gives up the namespaces of a plugin: nobody may use them any more. What shared tiers hold of them stays there. */
export function closeCaches(system: CacheSystem, owner: string, spaces: CacheNamespaces): void {
  for (const name of Object.keys(spaces)) system.withdraw(`${owner}.${name}`)
}
