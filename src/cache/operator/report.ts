/** The cache in figures: as a whole, by namespace, by tier. */
import type { Phase } from '../phases.ts'
import { type NamespaceReport, reportOf } from '../statistics.ts'
import type { CacheSystem } from '../system.ts'
import type { TierState } from '../tiers/tier.ts'
import { createLocator, tiersInUse } from './spaces.ts'
import { countsOf, figuresOf, type ServerFigures, type TierCounts } from './tier-figures.ts'

/** How full the memory tier is. */
export interface MemoryReport {
  readonly bytes: number
  readonly maxBytes: number
  readonly entries: number
}

/** One tier: how it does, and what it was asked. */
export interface TierReport {
  readonly state: TierState
  readonly isAvailable: boolean
  /** Null for a tier that does not count. */
  readonly counts: TierCounts | null
  /** What its server says of itself; null where it does not, or does not answer now. */
  readonly server: ServerFigures | null
}

/** Sums over all namespaces. */
export interface CacheTotals {
  readonly reads: number
  readonly hits: NamespaceReport['hits']
  readonly stale: number
  readonly misses: number
  /** 0 to 1; null before the first read. */
  readonly hitRate: number | null
  readonly loads: number
  readonly loadFailures: number
  readonly failures: number
  readonly savedMs: number
}

/** What the cache has done since the start. */
export interface CacheStats {
  /** ms since 1970. */
  readonly since: number
  readonly phase: Phase
  /** Whether invalidations are surely heard; while they are not, nothing is served. */
  readonly isTrusted: boolean
  readonly totals: CacheTotals
  readonly memory: MemoryReport
  readonly tiers: readonly TierReport[]
  readonly namespaces: readonly NamespaceReport[]
}

/** What a namespace declares, and what of it stands in memory. */
export interface NamespaceInfo {
  readonly name: string
  readonly key: string
  readonly ttlMs: number
  readonly graceMs: number
  readonly negativeMs: number
  readonly deadlineMs: number
  readonly tags: readonly string[]
  readonly personal: readonly string[]
  readonly sharing: 'all' | 'redis' | 'none'
  readonly maxBytes: number
  readonly entriesInMemory: number
}

/** @param leftOut the namespace of the benchmark */
export const namespaceReports = (system: CacheSystem, leftOut: string): NamespaceReport[] =>
  [...system.statistics.all()]
    .flatMap(([name, counters]) => (name === leftOut ? [] : [reportOf(name, counters)]))
    .toSorted((a, b) => b.reads - a.reads || (a.namespace < b.namespace ? -1 : 1))

export function totalsOf(reports: readonly NamespaceReport[]): CacheTotals {
  const sum = (of: (report: NamespaceReport) => number): number =>
    reports.reduce((total, report) => total + of(report), 0)
  const reads = sum((report) => report.reads)
  const misses = sum((report) => report.misses)
  return {
    reads,
    hits: {
      memory: sum(({ hits }) => hits.memory),
      redis: sum(({ hits }) => hits.redis),
      postgres: sum(({ hits }) => hits.postgres),
    },
    stale: sum(({ stale }) => stale),
    misses,
    hitRate: reads > 0 ? (reads - misses) / reads : null,
    loads: sum(({ loads }) => loads),
    loadFailures: sum(({ loadFailures }) => loadFailures),
    failures: sum(({ failures }) => failures),
    savedMs: sum(({ savedMs }) => savedMs),
  }
}

export const memoryReport = ({ memory }: CacheSystem): MemoryReport => ({
  bytes: memory.bytes,
  maxBytes: memory.maxBytes,
  entries: memory.count,
})

const tierReports = (system: CacheSystem): Promise<TierReport[]> =>
  Promise.all(
    tiersInUse(system).map(async (tier) => ({
      state: tier.state(),
      isAvailable: tier.isAvailable(),
      counts: countsOf(tier),
      server: tier.isAvailable() ? await figuresOf(tier) : null,
    })),
  )

/** Asks the servers of shared tiers for their figures, within the deadlines of the tiers. */
export async function cacheStats(system: CacheSystem, leftOut: string): Promise<CacheStats> {
  const namespaces = namespaceReports(system, leftOut)
  return {
    since: system.statistics.since,
    phase: system.phase(),
    isTrusted: system.invalidation.isTrusted(),
    totals: totalsOf(namespaces),
    memory: memoryReport(system),
    tiers: await tierReports(system),
    namespaces,
  }
}

export function namespaceInfos(system: CacheSystem): NamespaceInfo[] {
  const inMemory = new Map<string, number>()
  const locate = createLocator(system, system.namespaces())
  for (const key of system.memory.keys()) {
    const name = locate(key)?.space.name
    if (name !== undefined) inMemory.set(name, (inMemory.get(name) ?? 0) + 1)
  }
  return system.namespaces().map(({ name, space }) => ({
    name,
    key: space.key,
    ttlMs: space.ttlMs,
    graceMs: space.graceMs,
    negativeMs: space.negativeMs,
    deadlineMs: space.deadlineMs,
    tags: space.tags,
    personal: space.personal,
    sharing: space.sharing,
    maxBytes: space.maxBytes,
    entriesInMemory: inMemory.get(name) ?? 0,
  }))
}
