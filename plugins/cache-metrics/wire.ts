/** From what the operator says to what is sent: times as ISO 8601, absence as null. */
import type { CacheOperator, CacheSnapshot, CacheStats, WarmingRun } from '../../src/sdk.ts'

const iso = (ms: number): string => new Date(ms).toISOString()
const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms))

const tierState = ({ id, breaker, lastFailure }: CacheSnapshot['tiers'][number]) => ({
  id,
  breaker,
  lastFailure: lastFailure && { message: lastFailure.message, at: iso(lastFailure.at) },
})

export const statsOf = (stats: CacheStats) => ({
  ...stats,
  since: iso(stats.since),
  tiers: stats.tiers.map(({ state, isAvailable, counts, server }) => ({
    ...tierState(state),
    isAvailable,
    operations: counts?.operations ?? null,
    bytesRead: counts?.bytesRead ?? null,
    bytesWritten: counts?.bytesWritten ?? null,
    corrupt: counts?.corrupt ?? null,
    server,
  })),
})

export const snapshotOf = (snapshot: CacheSnapshot) => ({
  ...snapshot,
  at: iso(snapshot.at),
  tiers: snapshot.tiers.map(tierState),
})

export const warmingOf = (run: WarmingRun) => ({
  ...run,
  startedAt: isoOrNull(run.startedAt),
  finishedAt: isoOrNull(run.finishedAt),
})

type History = ReturnType<CacheOperator['history']>

/** What happened between each sample and the one before. */
export const historyOf = (samples: History) =>
  samples.slice(1).map((sample, i) => {
    const before = samples[i] as History[number]
    const reads = sample.reads - before.reads
    const seconds = (sample.at - before.at) / 1000
    return {
      at: iso(sample.at),
      readsPerS: seconds > 0 ? reads / seconds : 0,
      hitRate: reads > 0 ? (sample.served - before.served) / reads : null,
      memoryBytes: sample.memoryBytes,
      tiers: Object.fromEntries(
        Object.entries(sample.tiers).map(([id, now]) => {
          const then = before.tiers[id as keyof typeof before.tiers]
          const timed = now.timed - (then?.timed ?? 0)
          return [
            id,
            {
              latencyMs: timed > 0 ? (now.timedMs - (then?.timedMs ?? 0)) / timed : null,
              failures: now.failures - (then?.failures ?? 0),
            },
          ]
        }),
      ),
    }
  })
