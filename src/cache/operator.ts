/** The cache as people and programs operate it: health, figures, keys, invalidation, warming, benchmark. */
import type { Logger } from '../observe/log.ts'
import type { Metric } from '../observe/metrics.ts'
import { openCaches } from './cache.ts'
import {
  BENCHMARK,
  BENCHMARK_NAME,
  type BenchmarkReport,
  type BenchmarkRequest,
  createBenchmark,
} from './operator/benchmark.ts'
import { type CacheHealth, judgeHealth } from './operator/health.ts'
import { type InvalidationReport, type InvalidationTarget, invalidate } from './operator/invalidate.ts'
import { type KeyListing, type KeyQuery, listKeys } from './operator/keys.ts'
import { cacheMetrics } from './operator/metrics.ts'
import { createMonitor } from './operator/monitor.ts'
import {
  type CacheStats,
  type CacheTotals,
  cacheStats,
  type MemoryReport,
  memoryReport,
  type NamespaceInfo,
  namespaceInfos,
  namespaceReports,
  totalsOf,
} from './operator/report.ts'
import { createSamples, SAMPLE_MS, type Sample, takeSample } from './operator/samples.ts'
import { tiersInUse } from './operator/spaces.ts'
import {
  createWarmings,
  type Warming,
  type WarmingRequest,
  type WarmingRun,
  type Warmings,
} from './operator/warm.ts'
import type { Phase } from './phases.ts'
import type { CacheSystem } from './system.ts'
import type { TierState } from './tiers/tier.ts'

/** The cache at one moment, small enough to be sent every few seconds. */
export interface CacheSnapshot {
  /** ms since 1970. */
  readonly at: number
  readonly status: CacheHealth['status']
  readonly phase: Phase
  readonly isTrusted: boolean
  readonly totals: CacheTotals
  readonly memory: MemoryReport
  readonly tiers: readonly TierState[]
  readonly warming: boolean
}

/** What a plugin may do with the cache as a whole. No call of it shows a value. */
export interface CacheOperator {
  health(): CacheHealth
  stats(): Promise<CacheStats>
  namespaces(): readonly NamespaceInfo[]
  /** @throws {RangeError} for a cursor that no page of this listing gave */
  keys(query: KeyQuery): Promise<KeyListing>
  /**
   * Makes entries invalid on every node, before it resolves.
   *
   * @throws {NothingToInvalidate} for a key or a namespace that there is not
   * @throws {RangeError} for a malformed pattern
   */
  invalidate(target: InvalidationTarget): Promise<InvalidationReport>
  /** What can be warmed, as plugins declare it. */
  warmings(): ReturnType<Warmings['list']>
  /**
   * Starts warming, unless it is under way; either way answers how far it is.
   *
   * @throws {NothingToWarm}
   */
  warm(request: WarmingRequest): WarmingRun
  warming(): WarmingRun
  /** @throws {BenchmarkRuns} while another one runs */
  benchmark(request: BenchmarkRequest): Promise<BenchmarkReport>
  snapshot(): CacheSnapshot
  /** A snapshot at once and then at an interval, until the signal is aborted or the server stops. */
  snapshots(intervalMs: number, signal: AbortSignal): AsyncGenerator<CacheSnapshot, void, undefined>
  /** Counts of the last hour, one sample every 10 s, oldest first. */
  history(): readonly Sample[]
}

/** What the host does with it beside. */
export interface CacheOperation {
  readonly operator: CacheOperator
  /**
   * Adds what a plugin declares. Once watching has begun it is warmed at once.
   *
   * @param owner name of the plugin
   * @returns a function that takes it away, and ends what of it is under way
   */
  addWarmings(owner: string, warmings: readonly Warming[]): () => void
  metrics(): Metric[]
  /** Begins to watch the health, and warms what can be warmed. */
  start(): void
  /** Ends streams, warming and watching. */
  stop(): Promise<void>
}

/** Resolves after a while, or at once when a signal is aborted. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  const { promise, resolve } = Promise.withResolvers<void>()
  const end = (): void => resolve()
  const timer = setTimeout(end, ms)
  signal.addEventListener('abort', end)
  await promise
  clearTimeout(timer)
  signal.removeEventListener('abort', end)
}

/** @param log told of changes of health, and of warmings that fail */
export function createCacheOperation(system: CacheSystem, log: Logger): CacheOperation {
  const { benchmark: cache } = openCaches(system, 'cache', { benchmark: BENCHMARK })
  const benchmark = createBenchmark(system, cache)
  const samples = createSamples(system, BENCHMARK_NAME)
  const warmings = createWarmings(log, system.now)
  const watch = createMonitor(log)
  const stopping = new AbortController()
  let timer: ReturnType<typeof setInterval> | undefined

  const health = (): CacheHealth => judgeHealth(system, samples.list, takeSample(system, BENCHMARK_NAME))
  const snapshot = (): CacheSnapshot => ({
    at: system.now(),
    status: health().status,
    phase: system.phase(),
    isTrusted: system.invalidation.isTrusted(),
    totals: totalsOf(namespaceReports(system, BENCHMARK_NAME)),
    memory: memoryReport(system),
    tiers: tiersInUse(system).map((tier) => tier.state()),
    warming: warmings.state().running,
  })

  const operator: CacheOperator = {
    health,
    stats: () => cacheStats(system, BENCHMARK_NAME),
    namespaces: () => namespaceInfos(system),
    keys: (query) => listKeys(system, query),
    invalidate: (target) => invalidate(system, target),
    warmings: warmings.list,
    warm: warmings.start,
    warming: warmings.state,
    benchmark,
    snapshot,
    async *snapshots(intervalMs, signal) {
      const until = AbortSignal.any([signal, stopping.signal])
      while (!until.aborted) {
        yield snapshot()
        await pause(intervalMs, until)
      }
    },
    history: () => samples.list,
  }

  return {
    operator,
    addWarmings(owner, some) {
      const remove = warmings.add(owner, some)
      if (timer !== undefined) void warmings.startOf(owner)
      return remove
    },
    metrics: () => cacheMetrics(system, health(), BENCHMARK_NAME),
    start() {
      samples.take()
      timer = setInterval(() => {
        watch(judgeHealth(system, samples.list, samples.take()))
      }, SAMPLE_MS)
      timer.unref()
      warmings.start({})
    },
    async stop() {
      clearInterval(timer)
      stopping.abort()
      await warmings.stop()
    },
  }
}
