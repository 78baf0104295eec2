/** How the cache is doing: each figure against its threshold, with the reason in words. */
import type { CacheSystem } from '../system.ts'
import type { SharedTier, TierId } from '../tiers/tier.ts'
import type { Sample } from './samples.ts'
import { tiersInUse } from './spaces.ts'

/** What is warned of. */
export const THRESHOLDS = {
  /** Share of the bound of the memory tier. */
  memory: 0.8,
  /** Share of the reads that did not have to wait for a load. */
  hitRate: 0.7,
  /** Share of the calls of a shared tier. */
  connectionFailures: 0.01,
  /** Mean latency of a shared tier, as a multiple of its own usual one. */
  latency: 1.5,
} as const

/** Reads and calls count from here on: fewer say nothing. */
export const ENOUGH = { reads: 200, calls: 100, timed: 50, baseline: 12 } as const

/** What happened in this time is what is judged. */
export const WINDOW_MS = 5 * 60_000

/** `unknown`: there is too little to judge by. */
export type CheckStatus = 'ok' | 'warning' | 'failing' | 'unknown'

/** One figure of the cache, and what is to be thought of it. */
export interface HealthCheck {
  /** Such as `memory`, or `latency:redis`. */
  readonly id: string
  readonly status: CheckStatus
  /** The figure that is judged, in the unit of the threshold; null where there is none. */
  readonly value: number | null
  readonly threshold: number | null
  /** What there is to say, in one sentence. */
  readonly reason: string | null
}

/** How the cache does, by figures that are held against thresholds. */
export interface CacheHealth {
  /**
   * `warning`: some figure is past its threshold. `degraded`: a tier does not answer, or invalidations are not heard; all
   * is served still, more slowly.
   */
  readonly status: 'ok' | 'warning' | 'degraded'
  readonly checks: readonly HealthCheck[]
}

const percent = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`

/** The last sample that is as old as the window, or the oldest there is. */
const windowStart = (samples: readonly Sample[], now: Sample): Sample | undefined =>
  samples.findLast(({ at }) => at <= now.at - WINDOW_MS) ?? samples[0]

const unknown = (id: string, threshold: number, reason: string): HealthCheck => ({
  id,
  status: 'unknown',
  value: null,
  threshold,
  reason,
})

function checkMemory({ memory }: CacheSystem): HealthCheck {
  const value = memory.bytes / memory.maxBytes
  const full = value > THRESHOLDS.memory
  return {
    id: 'memory',
    status: full ? 'warning' : 'ok',
    value,
    threshold: THRESHOLDS.memory,
    reason: full ? `memory is at ${percent(value)} of its bound; what was used least goes first` : null,
  }
}

function checkHitRate(before: Sample, now: Sample): HealthCheck {
  const reads = now.reads - before.reads
  if (reads < ENOUGH.reads) {
    return unknown('hitRate', THRESHOLDS.hitRate, `${reads} reads are too few to judge by`)
  }
  const value = (now.served - before.served) / reads
  const low = value < THRESHOLDS.hitRate
  return {
    id: 'hitRate',
    status: low ? 'warning' : 'ok',
    value,
    threshold: THRESHOLDS.hitRate,
    reason: low ? `${percent(value)} of ${reads} reads did not have to wait for a load` : null,
  }
}

function checkTier(tier: SharedTier, now: number): HealthCheck {
  const { breaker, lastFailure } = tier.state()
  const id = `tier:${tier.id}`
  if (breaker === 'closed') return { id, status: 'ok', value: null, threshold: null, reason: null }
  const why = lastFailure
    ? `: ${lastFailure.message}, ${Math.max(0, Math.round((now - lastFailure.at) / 1000))} s ago`
    : ''
  return {
    id,
    status: 'failing',
    value: null,
    threshold: null,
    reason: `${tier.id} is ${breaker === 'open' ? 'left alone' : 'tried again'}, since it failed${why}`,
  }
}

function checkFailures(id: TierId, before: Sample, now: Sample): HealthCheck {
  const name = `connectionFailures:${id}`
  const calls = (now.tiers[id]?.calls ?? 0) - (before.tiers[id]?.calls ?? 0)
  if (calls < ENOUGH.calls) {
    return unknown(name, THRESHOLDS.connectionFailures, `${calls} calls are too few to judge by`)
  }
  const failures = (now.tiers[id]?.failures ?? 0) - (before.tiers[id]?.failures ?? 0)
  const value = failures / calls
  const many = value > THRESHOLDS.connectionFailures
  return {
    id: name,
    status: many ? 'warning' : 'ok',
    value,
    threshold: THRESHOLDS.connectionFailures,
    reason: many ? `${percent(value)} of ${calls} calls of ${id} failed` : null,
  }
}

/** Mean latency between two samples; null where too little was measured. */
function meanBetween(id: TierId, before: Sample, after: Sample, least: number): number | null {
  const timed = (after.tiers[id]?.timed ?? 0) - (before.tiers[id]?.timed ?? 0)
  if (timed < least) return null
  return ((after.tiers[id]?.timedMs ?? 0) - (before.tiers[id]?.timedMs ?? 0)) / timed
}

/** What is usual for a tier: the median of the means of the time before the window, which single bad moments do not move. */
function baselineOf(id: TierId, samples: readonly Sample[], until: number): number | null {
  const earlier = samples.filter(({ at }) => at <= until)
  const means = earlier
    .flatMap((sample, i) => meanBetween(id, earlier[i - 1] ?? sample, sample, 1) ?? [])
    .toSorted((a, b) => a - b)
  return means.length < ENOUGH.baseline ? null : (means[Math.floor(means.length / 2)] as number)
}

function checkLatency(id: TierId, samples: readonly Sample[], before: Sample, now: Sample): HealthCheck {
  const name = `latency:${id}`
  const mean = meanBetween(id, before, now, ENOUGH.timed)
  const baseline = baselineOf(id, samples, before.at)
  if (mean === null || baseline === null || baseline === 0) {
    return unknown(name, THRESHOLDS.latency, `too few reads of ${id} to judge by`)
  }
  const value = mean / baseline
  const slow = value > THRESHOLDS.latency
  return {
    id: name,
    status: slow ? 'warning' : 'ok',
    value,
    threshold: THRESHOLDS.latency,
    reason: slow ? `reads of ${id} take ${mean.toFixed(2)} ms, usually ${baseline.toFixed(2)} ms` : null,
  }
}

function checkInvalidation({ invalidation }: CacheSystem): HealthCheck {
  const trusted = invalidation.isTrusted()
  return {
    id: 'invalidation',
    status: trusted ? 'ok' : 'failing',
    value: null,
    threshold: null,
    reason: trusted ? null : 'invalidations are not heard, so that nothing is served from the cache',
  }
}

/**
 * Judges the cache as it is.
 *
 * @param samples of the time before, oldest first
 */
export function judgeHealth(system: CacheSystem, samples: readonly Sample[], now: Sample): CacheHealth {
  const before = windowStart(samples, now) ?? now
  const tiers = tiersInUse(system)
  const checks = [
    checkMemory(system),
    checkHitRate(before, now),
    checkInvalidation(system),
    ...tiers.flatMap((tier) => [
      checkTier(tier, now.at),
      checkFailures(tier.id, before, now),
      checkLatency(tier.id, samples, before, now),
    ]),
  ]
  const has = (status: CheckStatus): boolean => checks.some((check) => check.status === status)
  return { status: has('failing') ? 'degraded' : has('warning') ? 'warning' : 'ok', checks }
}
