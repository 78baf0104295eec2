/** Many reads at once: one pass over memory, one round trip a shared tier, one call of the loader for the rest. */
import type { Flights } from './flights.ts'
import type { BatchLoader, Loading } from './loading.ts'
import type { Opened } from './opened.ts'
import type { CacheRead, Target } from './read.ts'
import { type Reading, readOf } from './reading.ts'

type Params = Readonly<Record<string, string>>

/** A batch on its way: everything by the places of its list. */
interface Batch {
  readonly list: readonly Params[]
  readonly keys: readonly string[]
  readonly reads: Array<CacheRead<unknown> | undefined>
  /** Loads of others that are waited for. */
  readonly joined: Array<{ readonly place: number; readonly outcome: Promise<CacheRead<unknown>> }>
  readonly load: BatchLoader
}

/**
 * Makes the batch read of a namespace. Each place gets what a read of its key alone would get, but that all that is
 * nowhere is loaded together. A key may come twice.
 */
export function createBatchRead(
  opened: Opened,
  { flights, loading, reading }: { flights: Flights; loading: Loading; reading: Reading },
) {
  const { counters, system } = opened
  const targetOf = (key: string, params: Params): Target => ({
    key,
    tags: opened.tagsOf(key, params),
    inputs: null,
  })

  /** Answers from memory, joins what flies. @returns the places that are left */
  function nearby({ keys, reads, joined }: Batch): number[] {
    const left: number[] = []
    const isTrusted = system.invalidation.isTrusted()
    for (let place = 0; place < keys.length; place++) {
      const key = keys[place] as string
      const read = isTrusted ? reading.fromMemory(key, null) : undefined
      const outcome = read ? undefined : flights.joinable(key, null)
      if (read) reads[place] = read
      else if (outcome) joined.push({ place, outcome })
      else left.push(place)
    }
    return left
  }

  /** Answers from the shared tiers. @returns the places that are left */
  async function shared({ keys, reads }: Batch, places: readonly number[]): Promise<number[]> {
    const asked = places.length === keys.length ? keys : places.map((place) => keys[place] as string)
    const found = await opened.inShared(asked, null)
    const time = system.now()
    const left: number[] = []
    for (let i = 0; i < places.length; i++) {
      const place = places[i] as number
      const each = found[i]
      if (each) reads[place] = readOf(each, time)
      else left.push(place)
    }
    return left
  }

  /** What a loader is asked for: each key once. */
  function wanted({ keys, list }: Batch, places: readonly number[]) {
    const paramsOf = new Map(places.map((place) => [keys[place] as string, list[place] as Params]))
    const targets = [...paramsOf].map(([key, params]) => targetOf(key, params))
    return { targets, params: [...paramsOf.values()] }
  }

  /** Loads what is nowhere. */
  async function loaded(batch: Batch, places: readonly number[]): Promise<void> {
    const { keys, reads, joined, load } = batch
    const missing: number[] = []
    for (const place of places) {
      // Somebody may have begun to load it while the shared tiers were asked.
      const outcome = flights.joinable(keys[place] as string, null)
      if (outcome) joined.push({ place, outcome })
      else missing.push(place)
    }
    if (missing.length === 0) return
    const { targets, params } = wanted(batch, missing)
    const loads = await loading.loadMany(targets, params, load)
    for (const place of missing) reads[place] = loads.get(keys[place] as string)
  }

  /** Counts what was read, and loads anew what of it is stale, behind the back of whoever is served. */
  function conclude(batch: Batch): void {
    const stale: number[] = []
    for (let place = 0; place < batch.keys.length; place++) {
      const read = batch.reads[place] as CacheRead<unknown>
      reading.count(read)
      if (read.status === 'STALE') stale.push(place)
    }
    if (stale.length === 0) return
    const { targets, params } = wanted(batch, stale)
    loading.refreshMany(targets, params, batch.load)
  }

  return async (list: readonly Params[], load: BatchLoader): Promise<Array<CacheRead<unknown>>> => {
    const keys = opened.keysOf(list)
    const batch: Batch = { list, keys, reads: Array(keys.length).fill(undefined), joined: [], load }
    const { reads, joined } = batch
    try {
      let left = nearby(batch)
      if (left.length > 0) left = await shared(batch, left)
      if (left.length > 0) await loaded(batch, left)
      for (const { place, outcome } of joined) reads[place] = await outcome
    } catch (error) {
      for (const read of reads) if (read === undefined) counters.failures++
      throw error
    }
    conclude(batch)
    // Each place has been answered, or the batch has failed.
    return reads as Array<CacheRead<unknown>>
  }
}
