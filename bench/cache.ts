/**
 * How fast the cache is, beside bentocache, cacheable, lru-cache and node-redis: same keys, same values, all hits hits.
 *
 * `bun bench/cache.ts` prints a table, `--json` rows of `{name, ours, peer, ratio, unit, target}` with ours and peer as
 * costs, the ratio as peer over ours, and the least ratio that is promised, if any; `--quick` runs a few rounds. The
 * answers of all sides are held against the truth before anything is timed. The sides take turns in each round, and
 * the ratio is the median of those of the rounds. Redis is one of its own, on a free port; without redis-server on this
 * machine what needs it is left out, and that is said.
 */

import { startTestRedis } from '../test/support/redis.ts'
import { REDIS_SERVER } from '../test/support/redis-server.ts'
import { batches } from './cache/batch.ts'
import { crowds } from './cache/crowd.ts'
import { HOLDERS, hold, memoryHeld } from './cache/held.ts'
import { memoryHits, redisHits, taggedHits } from './cache/hits.ts'
import type { Row } from './cache/rounds.ts'
import { invalidations } from './cache/tags.ts'

const quick = process.argv.includes('--quick')

const MEMORY = quick ? { keys: 2000, rounds: 5, reads: 20_000 } : { keys: 10_000, rounds: 15, reads: 100_000 }
const TAGGED = { ...MEMORY, reads: MEMORY.reads / 2 }
const REDIS = quick ? { keys: 500, rounds: 11, reads: 1000 } : { keys: 5000, rounds: 31, reads: 2000 }
const BATCH = quick ? { keys: 1000, rounds: 9, batches: 50 } : { keys: 5000, rounds: 25, batches: 100 }
const TAGS = quick ? { rounds: 5, bumps: 200 } : { rounds: 15, bumps: 500 }
const SIZES = quick ? ([100, 10_000] as const) : ([1000, 100_000] as const)
const HELD = quick ? 20_000 : 100_000

async function measure(): Promise<Row[]> {
  const redis = REDIS_SERVER ? await startTestRedis() : null
  if (!redis) console.error('SKIPPED: what needs Redis, since redis-server is not installed.')
  try {
    return [
      ...(await memoryHits(MEMORY, redis?.url ?? null)),
      ...(await taggedHits(TAGGED)),
      ...(redis ? await redisHits(REDIS, redis) : []),
      ...(redis ? await redisHits({ ...REDIS, abreast: 50 }, redis) : []),
      ...(redis ? await batches(BATCH, redis) : []),
      ...(await crowds(quick ? 3 : 11)),
      ...(await invalidations(TAGS, SIZES)),
      ...(await memoryHeld(HELD)),
    ]
  } finally {
    await redis?.stop()
  }
}

const verdictOf = ({ ratio, target }: Row): string =>
  target === null ? '' : `≥ ${target.toFixed(2)} ${ratio >= target ? 'met' : 'MISSED'}`

function print(rows: readonly Row[]): void {
  console.table(
    rows.map((row) => ({
      'ours, and the other': row.name,
      ours: `${row.ours.toPrecision(3)} ${row.unit}`,
      other: `${row.peer.toPrecision(3)} ${row.unit}`,
      'other / ours': row.ratio.toFixed(2),
      promised: verdictOf(row),
    })),
  )
}

const [holder, keys] = process.argv.slice(process.argv.indexOf('--hold') + 1)
const known = HOLDERS.find((name) => name === holder)
if (process.argv.includes('--hold') && known) {
  const { rss, counted } = await hold(known, Number(keys))
  console.log(JSON.stringify({ rss, counted }))
} else {
  const rows = await measure()
  if (process.argv.includes('--json')) console.log(JSON.stringify(rows))
  else print(rows)
}
process.exit(0)
