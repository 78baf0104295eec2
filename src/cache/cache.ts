/** One namespace as its plugin sees it: get-or-load over memory and shared tiers. */
import { createBatchRead } from './batch.ts'
import { createFlights } from './flights.ts'
import type { LoadContext } from './load.ts'
import { createLoading, type Loader } from './loading.ts'
import type { CacheNamespace, CacheNamespaces, KeyParams } from './namespace.ts'
import { openNamespace } from './opened.ts'
import { type CacheRead, served, type Target } from './read.ts'
import { createReading } from './reading.ts'
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

/**
 * Values are shared among all who read them: they are frozen, but for bytes and arrays of more than 100 numbers, which
 * nobody may change either.
 */
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

  const reading = createReading(opened)
  const { count } = reading
  const getMany = createBatchRead(opened, { flights, loading, reading })

  /** What memory has, not yet counted; undefined where it has nothing. */
  const fromMemory = (key: string, inputs: string | null): CacheRead<unknown> | undefined =>
    system.invalidation.isTrusted() ? reading.fromMemory(key, inputs) : undefined

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
    getMany,
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
