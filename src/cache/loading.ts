/** Loading what is nowhere: one load for all who wait, on all nodes; refreshing what is stale in the background. */

import type { StoredEntry } from './entry.ts'
import type { Flights } from './flights.ts'
import { leaseFor } from './lease.ts'
import { type LoadContext, runLoad } from './load.ts'
import type { Opened } from './opened.ts'
import { type CacheRead, loaded, served, type Target } from './read.ts'
import { captureVersions, freshnessOf } from './validity.ts'

/** Makes the value that the cache has not; what it throws is thrown to all who wait for it. */
export type Loader<Value> = (context: LoadContext) => Value | Promise<Value>

type Params = Readonly<Record<string, string>>

export type BatchLoader = (missing: readonly Params[], context: LoadContext) => Promise<readonly unknown[]>

/** After a refresh in the background has failed, it is not tried again for so long. */
const RETRY_MS = 2000

/** Keys whose failed refresh is remembered. */
const REMEMBERED = 10_000

export interface Loading {
  /** Shared tiers, then the loader. */
  fetch(target: Target, loader: Loader<unknown>): Promise<CacheRead<unknown>>
  /** Loads anew while the stale value is served. */
  refresh(target: Target, loader: Loader<unknown>): void
  /** One call of the loader for all targets; each of them is a flight that others may join. */
  loadMany(targets: readonly Target[], params: readonly Params[], loader: BatchLoader): Promise<Reads>
  /** Loads anew with one call while the stale values are served; what another node has loaded meanwhile is taken. */
  refreshMany(targets: readonly Target[], params: readonly Params[], loader: BatchLoader): void
}

/** Reads by their keys. */
type Reads = Map<string, CacheRead<unknown>>

export function createLoading(opened: Opened, flights: Flights): Loading {
  const { system, space, counters } = opened
  const { invalidation, now } = system
  const retryAt = new Map<string, number>()

  /** Runs a loader and counts it. */
  async function run<T>(loader: Loader<T>) {
    const start = performance.now()
    counters.loads++
    try {
      const outcome = await runLoad(loader, space.deadlineMs, system.after)
      counters.latency.load.add(performance.now() - start)
      return outcome
    } catch (error) {
      counters.loadFailures++
      throw error
    }
  }

  async function load({ key, tags, inputs }: Target, loader: Loader<unknown>) {
    const versions = captureVersions(invalidation, key, tags)
    const createdAt = now()
    const { value: raw, notes } = await run(loader)
    const value = opened.conform(raw)
    // Tags that the loader adds are captured now: they name what it has found, not what it began with.
    const meta = opened.metaOf(
      createdAt,
      value,
      { ...captureVersions(invalidation, key, notes.tags), ...versions },
      { ...notes, inputs },
    )
    return { value, stored: notes.keep ? opened.keep(key, value, meta) : null }
  }

  /** Loads unless another node does, whose value is then taken; the lease is held until the shared tiers are written. */
  async function loadAlone(
    target: Target,
    loader: Loader<unknown>,
    why: string,
  ): Promise<CacheRead<unknown>> {
    const { key, inputs } = target
    const lease = await leaseFor(key, system.writers(space.sharing), {
      waitMs: space.deadlineMs,
      filled: async () => {
        const found = await opened.oneInShared(key, inputs)
        return found && freshnessOf(found.meta, now()) === 'fresh' ? found : null
      },
    })
    if (lease.filled) {
      return served(lease.filled, 'HIT', `another node loaded it (${lease.filled.tier})`, now())
    }
    try {
      const { value, stored } = await load(target, loader)
      const written = stored ? system.write([stored], space.sharing) : Promise.resolve()
      system.track(written.finally(lease.release))
      return loaded(value, why)
    } catch (error) {
      system.track(lease.release())
      throw error
    }
  }

  function failed(key: string): void {
    if (retryAt.size >= REMEMBERED) retryAt.clear()
    retryAt.set(key, now() + RETRY_MS)
  }

  const isDue = (key: string): boolean => !flights.has(key) && now() >= (retryAt.get(key) ?? 0)

  /** Lets others join each of the targets while work for all of them goes on. */
  function fly(targets: readonly Target[], work: () => Promise<Reads>): Promise<Reads> {
    const { promise, resolve } = Promise.withResolvers<Reads>()
    for (const target of targets) {
      const flight = flights.start(target, async () => (await promise).get(target.key) as CacheRead<unknown>)
      // Maybe nobody joins it; who started it hears of the failure below.
      flight.catch(() => undefined)
    }
    const reads = work()
    resolve(reads)
    return reads
  }

  /** One call of the loader for all. */
  async function loadAll(
    targets: readonly Target[],
    params: readonly Params[],
    loader: BatchLoader,
  ): Promise<Reads> {
    const versions = targets.map(({ key, tags }) => captureVersions(invalidation, key, tags))
    const createdAt = now()
    const { value: values, notes } = await run((context) => loader(params, context))
    if (values.length !== targets.length) {
      throw new RangeError(`the loader gave ${values.length} values for ${targets.length} keys`)
    }
    const reads: Reads = new Map()
    const stored: StoredEntry[] = []
    for (const [i, { key, inputs }] of targets.entries()) {
      const value = opened.conform(values[i])
      const meta = opened.metaOf(
        createdAt,
        value,
        { ...captureVersions(invalidation, key, notes.tags), ...versions[i] },
        { ...notes, inputs },
      )
      const kept = notes.keep ? opened.keep(key, value, meta) : null
      if (kept) stored.push(kept)
      reads.set(key, loaded(value, 'loaded with others'))
    }
    if (stored.length > 0) system.track(system.write(stored, space.sharing))
    return reads
  }

  /** The same for what is stale here, and may be fresh in a shared tier. */
  async function refreshAll(
    due: ReadonlyArray<{ readonly target: Target; readonly params: Params }>,
    loader: BatchLoader,
  ): Promise<Reads> {
    const found = await opened.inShared(
      due.map(({ target }) => target.key),
      null,
    )
    const time = now()
    const reads: Reads = new Map()
    const left = due.filter(({ target }, i) => {
      const each = found[i]
      if (!each || freshnessOf(each.meta, time) !== 'fresh') return true
      reads.set(target.key, served(each, 'HIT', `another node loaded it (${each.tier})`, time))
      return false
    })
    if (left.length === 0) return reads
    const more = await loadAll(
      left.map(({ target }) => target),
      left.map(({ params }) => params),
      loader,
    )
    return new Map([...reads, ...more])
  }

  return {
    async fetch(target, loader) {
      const trusted = invalidation.isTrusted()
      const found = await opened.oneInShared(target.key, target.inputs)
      if (!found) {
        return loadAlone(
          target,
          loader,
          trusted ? 'loaded: nothing valid was there' : 'loaded: invalidations are not heard',
        )
      }
      const fresh = freshnessOf(found.meta, now()) === 'fresh'
      return fresh
        ? served(found, 'HIT', `fresh in ${found.tier}`, now())
        : served(found, 'STALE', 'stale while it loads anew', now())
    },
    refresh(target, loader) {
      const { key } = target
      if (!isDue(key)) return
      const outcome = flights.start(target, () => loadAlone(target, loader, 'refreshed'))
      system.track(
        outcome.then(
          () => void retryAt.delete(key),
          () => failed(key),
        ),
      )
    },
    loadMany: (targets, params, loader) => fly(targets, () => loadAll(targets, params, loader)),
    refreshMany(targets, params, loader) {
      const due = targets.flatMap((target, i) =>
        isDue(target.key) ? [{ target, params: params[i] as Params }] : [],
      )
      if (due.length === 0) return
      const outcome = fly(
        due.map(({ target }) => target),
        () => refreshAll(due, loader),
      )
      system.track(
        outcome.then(
          () => due.forEach(({ target }) => void retryAt.delete(target.key)),
          () => due.forEach(({ target }) => void failed(target.key)),
        ),
      )
    },
  }
}
