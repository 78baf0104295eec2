/** The shapes of the cache in REST. */
import * as v from 'valibot'
import { PHASES } from '../../src/sdk.ts'

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const time = v.pipe(v.string(), v.description('ISO 8601, UTC'))
const rate = v.pipe(v.nullable(v.number()), v.description('0 to 1; null before the first read'))
const latency = v.object({ p50: v.nullable(v.number()), p95: v.nullable(v.number()) })
const hits = v.object({ memory: count, redis: count, postgres: count })

const Tier = v.picklist(['redis', 'postgres'])
const Status = v.picklist(['ok', 'warning', 'degraded'])

export const Health = v.object({
  status: v.pipe(
    Status,
    v.description(
      'warning: a figure is past its threshold; degraded: a tier is away, or changes are not heard',
    ),
  ),
  checks: v.array(
    v.object({
      id: v.string(),
      status: v.picklist(['ok', 'warning', 'failing', 'unknown']),
      value: v.nullable(v.number()),
      threshold: v.nullable(v.number()),
      reason: v.nullable(v.string()),
    }),
  ),
})

const totals = {
  reads: count,
  hits,
  stale: v.pipe(count, v.description('Reads that were answered with a stale value')),
  misses: count,
  hitRate: rate,
  loads: count,
  loadFailures: count,
  failures: v.pipe(count, v.description('Reads that failed')),
  savedMs: v.pipe(
    v.number(),
    v.description('What the hits would have cost as loads, less what they did cost'),
  ),
}

const Totals = v.object(totals)

const NamespaceStats = v.object({
  namespace: v.string(),
  ...totals,
  refused: v.pipe(count, v.description('Values that were not kept since they are too large')),
  fenced: v.pipe(count, v.description('Values that were invalidated while they were loaded')),
  invalid: v.pipe(count, v.description('Entries of a shared tier that the schema refused')),
  bytesLoaded: count,
  latencyMs: v.object({ memory: latency, redis: latency, postgres: latency, load: latency }),
})

const Memory = v.object({ bytes: count, maxBytes: count, entries: count })

const TierState = v.object({
  id: Tier,
  breaker: v.picklist(['closed', 'open', 'half-open']),
  lastFailure: v.nullable(v.object({ message: v.string(), at: time })),
})

const figures = v.record(v.string(), v.nullable(v.union([v.string(), v.number()])))

export const Stats = v.object({
  since: time,
  phase: v.picklist(PHASES),
  isTrusted: v.pipe(v.boolean(), v.description('Whether changes are heard; while not, nothing is served')),
  totals: Totals,
  memory: Memory,
  tiers: v.array(
    v.object({
      ...TierState.entries,
      isAvailable: v.boolean(),
      operations: v.nullable(
        v.record(v.string(), v.object({ calls: count, failures: v.record(v.string(), count) })),
      ),
      bytesRead: v.nullable(count),
      bytesWritten: v.nullable(count),
      corrupt: v.nullable(count),
      server: v.pipe(v.nullable(figures), v.description('What the server says of itself: INFO of Redis')),
    }),
  ),
  namespaces: v.array(NamespaceStats),
})

export const Namespaces = v.object({
  items: v.array(
    v.object({
      name: v.string(),
      key: v.string(),
      ttlMs: v.number(),
      graceMs: v.number(),
      negativeMs: v.number(),
      deadlineMs: v.number(),
      tags: v.array(v.string()),
      personal: v.pipe(v.array(v.string()), v.description('Parameters that stand in keys as keyed hashes')),
      sharing: v.picklist(['all', 'redis', 'none']),
      maxBytes: count,
      entriesInMemory: count,
    }),
  ),
})

export const Keys = v.object({
  items: v.array(
    v.object({
      key: v.string(),
      namespace: v.string(),
      tier: v.picklist(['memory', 'redis', 'postgres']),
    }),
  ),
  nextCursor: v.pipe(
    v.nullable(v.string()),
    v.description('Pass as `cursor` for the next page; a page may be short and yet not be the last'),
  ),
  unreachable: v.array(Tier),
})

export const Invalidation = v.object({
  removed: v.pipe(
    v.nullable(
      v.object({ memory: v.optional(count), redis: v.optional(count), postgres: v.optional(count) }),
    ),
    v.description('Entries removed by tier; null where none had to be looked for'),
  ),
  cleared: v.pipe(v.array(v.string()), v.description('Namespaces of which nothing is valid any more')),
  unreachable: v.array(Tier),
})

const warmingSteps = v.array(
  v.object({
    name: v.string(),
    summary: v.string(),
    state: v.picklist(['waiting', 'running', 'done', 'failed', 'ended']),
    total: v.nullable(count),
    done: count,
    failed: count,
  }),
)

export const WarmingProgress = v.object({
  running: v.boolean(),
  startedAt: v.nullable(time),
  finishedAt: v.nullable(time),
  steps: warmingSteps,
})

export const Warmings = v.object({
  ...WarmingProgress.entries,
  available: v.array(
    v.object({
      name: v.string(),
      summary: v.string(),
      priority: v.number(),
      concurrency: count,
      about: v.pipe(v.nullable(v.string()), v.description('What it is about one of; pass it as `about`')),
    }),
  ),
})

const timing = v.object({
  count,
  meanMs: v.nullable(v.number()),
  p50Ms: v.nullable(v.number()),
  p95Ms: v.nullable(v.number()),
})
const tierTimings = v.nullable(v.object({ writeMany: timing, read: timing, readMany: timing }))

export const Benchmark = v.object({
  entries: count,
  bytes: count,
  durationMs: v.number(),
  cutShort: v.boolean(),
  memory: v.object({ miss: timing, hit: timing }),
  tiers: v.object({ redis: v.optional(tierTimings), postgres: v.optional(tierTimings) }),
})

export const Snapshot = v.object({
  at: time,
  status: Status,
  phase: v.picklist(PHASES),
  isTrusted: v.boolean(),
  totals: Totals,
  memory: Memory,
  tiers: v.array(TierState),
  warming: v.boolean(),
})

export const Dashboard = v.object({
  snapshot: Snapshot,
  health: Health,
  namespaces: v.pipe(v.array(NamespaceStats), v.description('Those that are read most, ten at most')),
  warming: WarmingProgress,
  history: v.pipe(
    v.array(
      v.object({
        at: time,
        readsPerS: v.number(),
        hitRate: v.nullable(v.number()),
        memoryBytes: count,
        tiers: v.record(v.string(), v.object({ latencyMs: v.nullable(v.number()), failures: count })),
      }),
    ),
    v.description('The last hour, every 10 s: each says what happened since the one before'),
  ),
})
