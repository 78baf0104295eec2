/** Get-or-load over the memory tier, with one flight a key. */
import { LRUCache } from 'lru-cache'
import { buildKey, type CacheNamespace, type CacheNamespaces, type KeyParams } from './namespace.ts'

/** Where a value came from, and why: every read can say so. */
export interface Provenance {
  readonly status: 'HIT' | 'MISS'
  readonly tier: 'memory' | 'loader'
  /** Age of the value in milliseconds. */
  readonly ageMs: number
}

export interface CacheRead<Value> extends Provenance {
  readonly value: Value
}

/** One namespace as its plugin sees it. */
export interface Cache<Params, Value> {
  /**
   * The cached value, or the loader's. Concurrent callers share one load and its failure;
   * a load in flight when its key is deleted does not write.
   */
  getOrLoad(params: Params, load: () => Value | Promise<Value>): Promise<CacheRead<Value>>
  /** Forgets one entry. */
  delete(params: Params): void
}

/** The caches a plugin gets, typed from its declaration. */
export type ScopedCaches<N extends CacheNamespaces> = {
  readonly [K in keyof N]: N[K] extends CacheNamespace<infer Pattern, infer Value>
    ? Cache<KeyParams<Pattern>, Value>
    : never
}

interface Entry {
  readonly value: unknown
  readonly createdAt: number
  readonly bytes: number
}

/** The memory that all namespaces of a process share. */
export interface CacheMemory {
  readonly entries: LRUCache<string, Entry>
  readonly flights: Map<string, Promise<unknown>>
}

/** Makes the memory tier, bounded in bytes (of the values as JSON). */
export const createCacheMemory = (maxBytes: number): CacheMemory => ({
  entries: new LRUCache({ maxSize: maxBytes, sizeCalculation: (entry) => entry.bytes }),
  flights: new Map(),
})

function openCache(memory: CacheMemory, space: CacheNamespace): Cache<Record<string, string>, unknown> {
  const load = async (key: string, loader: () => unknown): Promise<unknown> => {
    const flight = Promise.resolve()
      .then(loader)
      .then((value) => {
        if (memory.flights.get(key) === flight) {
          const bytes = Math.max(1, JSON.stringify(value)?.length ?? 1)
          memory.entries.set(key, { value, createdAt: Date.now(), bytes }, { ttl: space.ttlMs })
        }
        return value
      })
      .finally(() => {
        if (memory.flights.get(key) === flight) memory.flights.delete(key)
      })
    memory.flights.set(key, flight)
    return flight
  }
  return {
    async getOrLoad(params, loader) {
      const key = buildKey(space.key, params)
      const entry = memory.entries.get(key)
      if (entry) {
        return { value: entry.value, status: 'HIT', tier: 'memory', ageMs: Date.now() - entry.createdAt }
      }
      const value = await (memory.flights.get(key) ?? load(key, loader))
      return { value, status: 'MISS', tier: 'loader', ageMs: 0 }
    },
    delete(params) {
      const key = buildKey(space.key, params)
      memory.flights.delete(key)
      memory.entries.delete(key)
    },
  }
}

/** Opens the namespaces that a plugin declared. */
export function openCaches<N extends CacheNamespaces>(memory: CacheMemory, spaces: N): ScopedCaches<N> {
  const opened = Object.entries(spaces).map(([name, space]) => [name, openCache(memory, space)])
  // The declared pattern and schema give the types; at run time every namespace is the same code.
  return Object.fromEntries(opened) as ScopedCaches<N>
}
