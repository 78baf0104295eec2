/** What the cache counts: for each namespace, and for each tier within it. */
import { createHistogram, type Histogram } from './histogram.ts'

/** A tier, by the name that statistics give it. */
export type TierName = 'memory' | 'redis' | 'postgres'

/** One latency in this many memory hits is measured: a clock costs more than such a hit. */
const SAMPLED = 16

export interface NamespaceCounters {
  /** Reads that a tier answered, fresh. */
  readonly hits: Record<TierName, number>
  /** Reads that were answered with a stale value. */
  stale: number
  /** Reads that had to load, or joined a load. */
  misses: number
  /** Loads that were begun; concurrent misses share one. */
  loads: number
  loadFailures: number
  /** Reads that failed, since loading failed and there was nothing stale. */
  failures: number
  /** Values that were not kept since they are too large. */
  refused: number
  /** Values that were not kept, since a tag was bumped while they were loaded. */
  fenced: number
  /** Entries of a shared tier that its schema refused. */
  invalid: number
  /** Bytes of values as JSON or as they are. */
  bytesLoaded: number
  readonly latency: Record<TierName | 'load', Histogram>
  memoryReads: number
}

export interface Statistics {
  of(namespace: string): NamespaceCounters
  forget(namespace: string): void
  all(): ReadonlyMap<string, NamespaceCounters>
  /** When counting began, ms since 1970. */
  readonly since: number
}

export const isSampled = (counters: NamespaceCounters): boolean => counters.memoryReads++ % SAMPLED === 0

export function createStatistics(now: () => number): Statistics {
  const spaces = new Map<string, NamespaceCounters>()
  const make = (): NamespaceCounters => ({
    hits: { memory: 0, redis: 0, postgres: 0 },
    stale: 0,
    misses: 0,
    loads: 0,
    loadFailures: 0,
    failures: 0,
    refused: 0,
    fenced: 0,
    invalid: 0,
    bytesLoaded: 0,
    latency: {
      memory: createHistogram(),
      redis: createHistogram(),
      postgres: createHistogram(),
      load: createHistogram(),
    },
    memoryReads: 0,
  })
  return {
    since: now(),
    of(namespace) {
      const known = spaces.get(namespace)
      if (known) return known
      const counters = make()
      spaces.set(namespace, counters)
      return counters
    },
    forget: (namespace) => void spaces.delete(namespace),
    all: () => spaces,
  }
}

/** Counters as people and programs read them. */
export interface NamespaceReport {
  readonly namespace: string
  readonly reads: number
  readonly hits: Readonly<Record<TierName, number>>
  readonly stale: number
  readonly misses: number
  /** Share of the reads that did not have to wait for a load, 0 to 1; null before the first. */
  readonly hitRate: number | null
  readonly loads: number
  readonly loadFailures: number
  readonly failures: number
  readonly refused: number
  readonly fenced: number
  readonly invalid: number
  readonly bytesLoaded: number
  /** Median and 95th percentile in ms; null where nothing was measured. */
  readonly latencyMs: Readonly<
    Record<TierName | 'load', { readonly p50: number | null; readonly p95: number | null }>
  >
  /** What the hits would have cost as loads, at the mean load, less what they did cost. */
  readonly savedMs: number
}

const meanOf = ({ count, sumMs }: Histogram): number => (count > 0 ? sumMs / count : 0)

export function reportOf(namespace: string, counters: NamespaceCounters): NamespaceReport {
  const { hits, stale, misses, latency } = counters
  const served = hits.memory + hits.redis + hits.postgres + stale
  const reads = served + misses
  const load = meanOf(latency.load)
  const saved = (['memory', 'redis', 'postgres'] as const).reduce(
    (sum, tier) => sum + hits[tier] * Math.max(0, load - meanOf(latency[tier])),
    0,
  )
  const percentiles = (of: Histogram) => ({ p50: of.percentile(0.5), p95: of.percentile(0.95) })
  return {
    namespace,
    reads,
    hits: { ...hits },
    stale,
    misses,
    hitRate: reads > 0 ? served / reads : null,
    loads: counters.loads,
    loadFailures: counters.loadFailures,
    failures: counters.failures,
    refused: counters.refused,
    fenced: counters.fenced,
    invalid: counters.invalid,
    bytesLoaded: counters.bytesLoaded,
    latencyMs: {
      memory: percentiles(latency.memory),
      redis: percentiles(latency.redis),
      postgres: percentiles(latency.postgres),
      load: percentiles(latency.load),
    },
    savedMs: saved,
  }
}
