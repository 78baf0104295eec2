/** What the cache counted at moments of the last hour, so that health is judged by what happens now. */
import type { CacheSystem } from '../system.ts'
import type { TierId } from '../tiers/tier.ts'
import { tiersInUse } from './spaces.ts'
import { countsOf, reliabilityOf } from './tier-figures.ts'

/** What a tier did over one interval. */
export interface TierSample {
  readonly calls: number
  readonly failures: number
  /** Reads that were measured, and their time. */
  readonly timed: number
  readonly timedMs: number
}

/** Counts since the start, at one moment. */
export interface Sample {
  /** ms since 1970. */
  readonly at: number
  readonly reads: number
  /** Reads that did not have to wait for a load. */
  readonly served: number
  readonly memoryBytes: number
  readonly tiers: Readonly<Partial<Record<TierId, TierSample>>>
}

/** Between two samples. */
export const SAMPLE_MS = 10_000

/** An hour. */
const KEPT = 360

export interface Samples {
  /** Oldest first. */
  readonly list: readonly Sample[]
  take(): Sample
}

/** @param leftOut a namespace that is not counted: the one of the benchmark */
export function takeSample(system: CacheSystem, leftOut: string): Sample {
  const spaces = [...system.statistics.all()].flatMap(([name, counters]) =>
    name === leftOut ? [] : [counters],
  )
  let reads = 0
  let served = 0
  for (const { hits, stale, misses } of spaces) {
    const answered = hits.memory + hits.redis + hits.postgres + stale
    reads += answered + misses
    served += answered
  }
  const tiers: Partial<Record<TierId, TierSample>> = {}
  for (const tier of tiersInUse(system)) {
    const counts = countsOf(tier)
    tiers[tier.id] = {
      ...(counts ? reliabilityOf(counts) : { calls: 0, failures: 0 }),
      timed: spaces.reduce((sum, { latency }) => sum + latency[tier.id].count, 0),
      timedMs: spaces.reduce((sum, { latency }) => sum + latency[tier.id].sumMs, 0),
    }
  }
  return { at: system.now(), reads, served, memoryBytes: system.memory.bytes, tiers }
}

export function createSamples(system: CacheSystem, leftOut: string): Samples {
  const list: Sample[] = []
  return {
    list,
    take() {
      const sample = takeSample(system, leftOut)
      list.push(sample)
      if (list.length > KEPT) list.shift()
      return sample
    },
  }
}
