/** The cache's counters as metrics. */
import type { Metric, MetricSample, SummarySample } from '../../observe/metrics.ts'
import { PHASES } from '../phases.ts'
import type { NamespaceCounters } from '../statistics.ts'
import type { CacheSystem } from '../system.ts'
import type { SharedTier } from '../tiers/tier.ts'
import type { CacheHealth } from './health.ts'
import { tiersInUse } from './spaces.ts'
import { countsOf } from './tier-figures.ts'

const TIERS = ['memory', 'redis', 'postgres'] as const
const QUANTILES = [0.5, 0.95, 0.99] as const

type Spaces = ReadonlyArray<readonly [name: string, counters: NamespaceCounters]>

const gauge = (name: string, help: string, samples: readonly MetricSample[]): Metric => ({
  name: `myoserve_cache_${name}`,
  help,
  type: 'gauge',
  samples,
})

const counter = (name: string, help: string, samples: readonly MetricSample[]): Metric => ({
  name: `myoserve_cache_${name}_total`,
  help,
  type: 'counter',
  samples,
})

/** One sample a state, 1 for the one that is. */
const oneOf = (
  states: readonly string[],
  current: string,
  label: string,
  labels: Readonly<Record<string, string>> = {},
): MetricSample[] =>
  states.map((state) => ({ labels: { ...labels, [label]: state }, value: state === current ? 1 : 0 }))

/** Counters of a namespace that are one number. */
const PLAIN = {
  stale: ['stale_reads', 'Reads that were answered with a stale value.'],
  misses: ['misses', 'Reads that had to load, or joined a load.'],
  loads: ['loads', 'Loads that were begun; concurrent misses share one.'],
  loadFailures: ['load_failures', 'Loads that failed.'],
  failures: ['read_failures', 'Reads that failed, since loading failed and nothing stale was there.'],
  refused: ['refused_values', 'Values that were not kept since they are too large.'],
  fenced: ['fenced_values', 'Values that were not kept since they were invalidated while they were loaded.'],
  invalid: ['invalid_entries', 'Entries of a shared tier that the schema of the namespace refused.'],
  bytesLoaded: ['loaded_bytes', 'Bytes of loaded values, as JSON or as they are.'],
} as const satisfies Partial<Record<keyof NamespaceCounters, readonly [string, string]>>

function namespaceMetrics(spaces: Spaces): Metric[] {
  const plain = (Object.keys(PLAIN) as Array<keyof typeof PLAIN>).map((field) =>
    counter(
      PLAIN[field][0],
      PLAIN[field][1],
      spaces.map(([namespace, counters]) => ({ labels: { namespace }, value: counters[field] })),
    ),
  )
  const hits = spaces.flatMap(([namespace, counters]) =>
    TIERS.map((tier) => ({ labels: { namespace, tier }, value: counters.hits[tier] })),
  )
  return [counter('hits', 'Reads that a tier answered, fresh.', hits), ...plain]
}

function latencyMetric(spaces: Spaces): Metric {
  const samples = spaces.flatMap(([namespace, { latency }]) =>
    ([...TIERS, 'load'] as const).flatMap((source): SummarySample[] => {
      const histogram = latency[source]
      if (histogram.count === 0) return []
      return [
        {
          labels: { namespace, source },
          quantiles: Object.fromEntries(
            QUANTILES.map((share) => [String(share), (histogram.percentile(share) as number) / 1000]),
          ),
          sum: histogram.sumMs / 1000,
          count: histogram.count,
        },
      ]
    }),
  )
  return {
    name: 'myoserve_cache_latency_seconds',
    help: 'What reads of a tier and loads took, since the start; of memory, every 16th read is measured.',
    type: 'summary',
    samples,
  }
}

function tierMetrics(tiers: readonly SharedTier[]): Metric[] {
  const counting = tiers.flatMap((tier) => {
    const counts = countsOf(tier)
    return counts ? [{ tier: tier.id, counts }] : []
  })
  const operations = counting.flatMap(({ tier, counts }) =>
    Object.entries(counts.operations).map(([operation, each]) => ({ labels: { tier, operation }, ...each })),
  )
  const sum = (field: 'bytesRead' | 'bytesWritten' | 'corrupt' | 'otherVersion'): MetricSample[] =>
    counting.map(({ tier, counts }) => ({ labels: { tier }, value: counts[field] }))
  return [
    gauge(
      'tier_breaker_state',
      'State of the circuit breaker of a shared tier: 1 for the one that it is in.',
      tiers.flatMap((tier) =>
        oneOf(['closed', 'half-open', 'open'], tier.state().breaker, 'state', { tier: tier.id }),
      ),
    ),
    counter(
      'tier_calls',
      'Operations of a shared tier.',
      operations.map(({ labels, calls }) => ({ labels, value: calls })),
    ),
    counter(
      'tier_failures',
      'Operations of a shared tier that failed; `open`: not tried, since the breaker is open.',
      operations.flatMap(({ labels, failures }) =>
        Object.entries(failures).map(([reason, value]) => ({ labels: { ...labels, reason }, value })),
      ),
    ),
    counter('tier_read_bytes', 'Bytes of entries read from a shared tier, as stored.', sum('bytesRead')),
    counter(
      'tier_written_bytes',
      'Bytes of entries written to a shared tier, as stored.',
      sum('bytesWritten'),
    ),
    counter(
      'tier_corrupt_entries',
      'Entries that were removed because they could not be read.',
      sum('corrupt'),
    ),
    counter(
      'tier_other_version_reads',
      'Reads of entries that another release of the program wrote: misses, and the entries are left alone.',
      sum('otherVersion'),
    ),
  ]
}

/** @param leftOut the namespace of the benchmark */
export function cacheMetrics(system: CacheSystem, health: CacheHealth, leftOut: string): Metric[] {
  const spaces = [...system.statistics.all()].filter(([name]) => name !== leftOut)
  const { memory } = system
  return [
    ...namespaceMetrics(spaces),
    latencyMetric(spaces),
    gauge('memory_bytes', 'What the memory tier holds.', [{ value: memory.bytes }]),
    gauge('memory_max_bytes', 'Bound of the memory tier.', [{ value: memory.maxBytes }]),
    gauge('memory_entries', 'Entries in the memory tier.', [{ value: memory.count }]),
    counter('tag_bumps', 'Invalidations that this process has heard of.', [{ value: system.bumps() }]),
    gauge('trusted', '1 while invalidations are surely heard; otherwise nothing is served from the cache.', [
      { value: system.invalidation.isTrusted() ? 1 : 0 },
    ]),
    gauge('phase', 'The phase: 1 for the one that it is in.', oneOf(PHASES, system.phase(), 'phase')),
    gauge(
      'health',
      'Health by the thresholds: 1 for the one that it is.',
      oneOf(['ok', 'warning', 'degraded'], health.status, 'status'),
    ),
    ...tierMetrics(tiersInUse(system)),
  ]
}
