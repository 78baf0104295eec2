/**
 * A clinic's day through the real plugins, on a real PostgreSQL and, where there is one, a Redis: 40 patients, 200
 * sessions, reads by Zipf's law with uploads and edits among them, on two nodes in one process.
 *
 * `bun bench/clinic-day.ts [--redis URL] [--quick] [--json]`. Without a URL a redis-server of this machine is started;
 * without that, too, the phase is `database`, and that is said. Rows of `--json` are `{name, ours, peer, ratio, unit}`:
 * the median of reads that caches answered, the median of the same read without any cache, and the latter over the
 * former.
 *
 * Each read is held against the truth: what the services answer over a cache that keeps nothing, computed anew after
 * each change, and what was entered last. The clock of the caches runs through ten hours, so that lifetimes end in it.
 */

import { type NamespaceCounters, reportOf } from '../src/cache/statistics.ts'
import { startTestRedis } from '../test/support/redis.ts'
import { REDIS_SERVER } from '../test/support/redis-server.ts'
import { createDayClock, type DayOptions, type KindResult, replay } from './clinic/day.ts'
import { openHouse } from './clinic/house.ts'

const OPTIONS: DayOptions = process.argv.includes('--quick')
  ? { patients: 8, sessions: 40, reads: 2000, edits: 12, seconds: 30 }
  : { patients: 40, sessions: 200, reads: 20_000, edits: 80, seconds: 60 }
const NODES = 2

const percentile = (values: readonly number[], share: number): number | null =>
  [...values].sort((a, b) => a - b)[Math.floor(share * values.length)] ?? null

const text = (value: number | null, digits: number): string => value?.toFixed(digits) ?? ''

const percent = (share: number | null): string => (share === null ? '' : `${(100 * share).toFixed(1)} %`)

/** Median of what caches answered, and of the same without any. */
function compare({ cached, uncached }: KindResult) {
  const [ours, peer] = [percentile(cached, 0.5), percentile(uncached, 0.5)]
  return { ours, peer, reduction: ours === null || peer === null ? null : 1 - ours / peer }
}

/** Counters of one namespace on all nodes. */
interface SpaceResult {
  readonly reads: number
  readonly served: number
  readonly hits: NamespaceCounters['hits']
  readonly loads: number
}

function sumOf(reports: ReadonlyArray<ReturnType<typeof reportOf>>): SpaceResult {
  const sum = (of: (report: ReturnType<typeof reportOf>) => number): number =>
    reports.reduce((total, report) => total + of(report), 0)
  return {
    reads: sum(({ reads }) => reads),
    served: sum(({ reads, misses }) => reads - misses),
    hits: {
      memory: sum(({ hits }) => hits.memory),
      redis: sum(({ hits }) => hits.redis),
      postgres: sum(({ hits }) => hits.postgres),
    },
    loads: sum(({ loads }) => loads),
  }
}

const given = process.argv[process.argv.indexOf('--redis') + 1]
const redisUrl = process.argv.includes('--redis') ? (given ?? null) : null
const redis = redisUrl === null && REDIS_SERVER ? await startTestRedis() : null
if (redisUrl === null && !redis) console.error('SKIPPED: Redis, since redis-server is not installed.')
const clock = createDayClock()
const house = await openHouse({ nodes: NODES, redisUrl: redisUrl ?? redis?.url ?? null, now: clock.now })
const tell = (done: number): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r${(100 * done).toFixed(0)} % of the day`)
}
const { kinds, uploads, edits } = await replay(house, clock, OPTIONS, tell)
const names = [...new Set(house.nodes.flatMap(({ cache }) => [...cache.statistics.all().keys()]))].sort()
const spaces = new Map(
  names.map((name) => [
    name,
    sumOf(house.nodes.map(({ cache }) => reportOf(name, cache.statistics.of(name)))),
  ]),
)
await house.close()
await redis?.stop()

const total = [...spaces.values()].reduce(
  (sum, { reads, served }) => ({ reads: sum.reads + reads, served: sum.served + served }),
  { reads: 0, served: 0 },
)
const cached = kinds.flatMap((kind) => kind.cached)
const reads = kinds.reduce((sum, kind) => sum + kind.reads, 0)
const stale = kinds.reduce((sum, kind) => sum + kind.stale, 0)

if (process.argv.includes('--json')) {
  const rows = kinds.map((kind) => {
    const { ours, peer } = compare(kind)
    const ratio = ours === null || peer === null ? null : peer / ours
    return { name: kind.kind.name, ours, peer, ratio, unit: 'ms' }
  })
  console.log(JSON.stringify(rows))
} else {
  console.log(
    `${OPTIONS.patients} patients, ${OPTIONS.sessions} sessions, ${uploads} uploads, ${edits} edits, ${NODES} nodes, phase ${house.phase}`,
  )
  console.table(
    kinds.map((result) => {
      const { peer, reduction } = compare(result)
      const space = spaces.get(result.kind.namespace)
      return {
        read: result.kind.name,
        reads: result.reads,
        'hit rate': percent(space && space.reads > 0 ? space.served / space.reads : null),
        'without a load': percent(result.cached.length / result.reads),
        'cached p50 ms': text(percentile(result.cached, 0.5), 3),
        'cached p95 ms': text(percentile(result.cached, 0.95), 3),
        'uncached p50 ms': text(peer, 2),
        reduction: percent(reduction),
        stale: result.stale,
      }
    }),
  )
  console.table(
    [...spaces]
      .filter(([, { reads }]) => reads > 0)
      .map(([namespace, { reads, served, hits, loads }]) => ({
        namespace,
        reads,
        'hit rate': percent(served / reads),
        ...hits,
        loads,
      })),
  )
  const analysis = kinds[0] ? compare(kinds[0]).reduction : null
  const p95 = percentile(cached, 0.95)
  const verdict = (met: boolean): string => (met ? 'met' : 'MISSED')
  console.log(
    `Hit rate of all: ${percent(total.served / total.reads)} (> 90 %: ${verdict(total.served > 0.9 * total.reads)})`,
  )
  console.log(`Reads that waited for no load at all: ${percent(cached.length / reads)}`)
  console.log(`Cached reads, p95: ${text(p95, 3)} ms (< 2 ms: ${verdict(p95 !== null && p95 < 2)})`)
  console.log(`Analysis, median: ${percent(analysis)} less (> 95 %: ${verdict((analysis ?? 0) > 0.95)})`)
  console.log(`Stale reads: ${stale} (0: ${verdict(stale === 0)})`)
}
process.exit(stale === 0 ? 0 : 1)
