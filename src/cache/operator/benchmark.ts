/** Measures the cache on this machine as it is, in a namespace of its own, bounded in time and entries. */
import * as v from 'valibot'
import type { Cache } from '../cache.ts'
import { createHistogram, type Histogram } from '../histogram.ts'
import { namespace } from '../namespace.ts'
import type { CacheSystem } from '../system.ts'
import { isTierFailure, type SharedTier, type TierId } from '../tiers/tier.ts'
import { tiersInUse, wirePrefix } from './spaces.ts'

/** Declared by the host; its reads count nowhere else. */
export const BENCHMARK = namespace({
  key: 'cache:benchmark:{entry}',
  ttl: '1min',
  // What is measured of the shared tiers is written to them directly.
  sharing: 'none',
  schema: v.instance(Uint8Array),
})

/** Under which the statistics have it. */
export const BENCHMARK_NAME = 'cache.benchmark'

export type BenchmarkCache = Cache<{ readonly entry: string }, Uint8Array>

/** What is to be measured. */
export interface BenchmarkRequest {
  /** Up to 5000. */
  readonly entries: number
  /** Of each value; up to 1 MiB. */
  readonly bytes: number
  /** It ends by then, whatever it has measured; up to 10 s. */
  readonly seconds: number
}

/** How large a benchmark of the cache may be asked to be. */
export const BENCHMARK_BOUNDS = { entries: 5000, bytes: 2 ** 20, seconds: 10 } as const

/** Of all values together: they stand in the memory of the process while it runs. */
const MOST_BYTES = 16 * 2 ** 20

/** So much of the memory tier it fills at most: what others have there is to stay. */
const MEMORY_SHARE = 0.05

/** Milliseconds; null where nothing was measured. */
export interface Timing {
  readonly count: number
  readonly meanMs: number | null
  readonly p50Ms: number | null
  readonly p95Ms: number | null
}

/** What one tier takes; null for a tier that failed meanwhile. */
export interface TierTimings {
  /** Writes of 100 entries at once. */
  readonly writeMany: Timing
  /** Reads of one entry. */
  readonly read: Timing
  /** Reads of 100 entries at once. */
  readonly readMany: Timing
}

/** What was measured of each tier. */
export interface BenchmarkReport {
  readonly entries: number
  readonly bytes: number
  readonly durationMs: number
  /** The time was over before all was measured. */
  readonly cutShort: boolean
  readonly memory: { readonly miss: Timing; readonly hit: Timing }
  readonly tiers: Readonly<Partial<Record<TierId, TierTimings | null>>>
}

/** One benchmark at a time; another one would measure the first. */
export class BenchmarkRuns extends Error {
  override readonly name = 'BenchmarkRuns'
}

const BATCH = 100

const timingOf = (histogram: Histogram): Timing => ({
  count: histogram.count,
  meanMs: histogram.count > 0 ? histogram.sumMs / histogram.count : null,
  p50Ms: histogram.percentile(0.5),
  p95Ms: histogram.percentile(0.95),
})

async function timed<T>(histogram: Histogram, work: () => Promise<T>): Promise<T> {
  const start = performance.now()
  const result = await work()
  histogram.add(performance.now() - start)
  return result
}

const batches = <T>(list: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(list.length / BATCH) }, (_, i) => list.slice(i * BATCH, (i + 1) * BATCH))

async function measureTier(
  system: CacheSystem,
  tier: SharedTier,
  values: readonly Uint8Array[],
  isOver: () => boolean,
): Promise<TierTimings | null> {
  const [writeMany, read, readMany] = [createHistogram(), createHistogram(), createHistogram()]
  const run = crypto.randomUUID()
  const createdAt = system.now()
  const until = createdAt + BENCHMARK.ttlMs
  const entries = values.map((body, i) => ({
    key: `${wirePrefix(system, BENCHMARK_NAME)}cache:benchmark:${run}-${i}`,
    namespace: BENCHMARK_NAME,
    meta: { createdAt, freshUntil: until, keptUntil: until, versions: {}, inputs: null, negative: false },
    body,
  }))
  const keys = entries.map(({ key }) => key)
  try {
    for (const batch of batches(entries)) {
      if (isOver()) break
      await timed(writeMany, () => tier.setMany(batch))
    }
    for (const key of keys) {
      if (isOver()) break
      await timed(read, () => tier.getMany([key]))
    }
    for (const batch of batches(keys)) {
      if (isOver()) break
      await timed(readMany, () => tier.getMany(batch))
    }
    for (const batch of batches(keys)) await tier.deleteMany(batch)
  } catch (error) {
    if (!isTierFailure(error)) throw error
    return null
  }
  return { writeMany: timingOf(writeMany), read: timingOf(read), readMany: timingOf(readMany) }
}

async function measureMemory(cache: BenchmarkCache, values: readonly Uint8Array[], isOver: () => boolean) {
  const run = crypto.randomUUID()
  const histograms = { miss: createHistogram(), hit: createHistogram() }
  for (const kind of ['miss', 'hit'] as const) {
    for (const [i, value] of values.entries()) {
      if (isOver()) break
      // Reads of memory alone would let nothing else run.
      if (i % BATCH === 0) await Bun.sleep(0)
      await timed(histograms[kind], () => cache.getOrLoad({ entry: `${run}-${i}` }, () => value))
    }
  }
  return { miss: timingOf(histograms.miss), hit: timingOf(histograms.hit) }
}

/** @returns a function that runs the benchmark, one at a time. It throws {@link BenchmarkRuns} */
export function createBenchmark(
  system: CacheSystem,
  cache: BenchmarkCache,
): (request: BenchmarkRequest) => Promise<BenchmarkReport> {
  let running = false
  return async ({ entries, bytes, seconds }) => {
    if (running) throw new BenchmarkRuns('a benchmark is running already')
    running = true
    try {
      const start = performance.now()
      const share = Math.min(seconds, BENCHMARK_BOUNDS.seconds) * 1000
      const tiers = tiersInUse(system)
      // Each part has its share of the time, so that a slow tier leaves some to the next.
      const part = share / (tiers.length + 1)
      let cutShort = false
      const bound = (places: number) => {
        const end = start + part * places
        return () => {
          const over = performance.now() > end
          cutShort ||= over
          return over
        }
      }
      const size = Math.min(bytes, BENCHMARK_BOUNDS.bytes)
      const count = Math.min(entries, BENCHMARK_BOUNDS.entries, Math.floor(MOST_BYTES / size))
      const values = Array.from({ length: count }, () => randomBytes(size))
      const inMemory = Math.floor((MEMORY_SHARE * system.memory.maxBytes) / size)
      const memory = await measureMemory(cache, values.slice(0, inMemory), bound(1))
      const measured: Partial<Record<TierId, TierTimings | null>> = {}
      for (const [i, tier] of tiers.entries()) {
        measured[tier.id] = await measureTier(system, tier, values, bound(i + 2))
      }
      return {
        entries: count,
        bytes: size,
        durationMs: performance.now() - start,
        cutShort,
        memory,
        tiers: measured,
      }
    } finally {
      system.memory.deleteWhere((_, { namespace: name }) => name === BENCHMARK_NAME)
      running = false
    }
  }
}

/** Bytes that no tier can compress. */
function randomBytes(size: number): Uint8Array {
  const bytes = new Uint8Array(size)
  // getRandomValues takes up to 65,536 at once.
  for (let from = 0; from < size; from += 65_536) crypto.getRandomValues(bytes.subarray(from, from + 65_536))
  return bytes
}
