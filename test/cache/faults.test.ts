/** Two nodes while Redis fails in every way: nothing stale, no error, nothing lost. */
import { expect, test } from 'bun:test'
import { REDIS_SERVER, redisNote } from '../support/redis-server.ts'
import { runFaults } from './faults.ts'

const SECONDS = 8

test.skipIf(!REDIS_SERVER)(
  `two nodes read and write for ${SECONDS} s while Redis is cut, flushed, frozen and killed${redisNote}`,
  async () => {
    const report = await runFaults(SECONDS)
    expect({ stale: report.stale, errors: report.errors, lost: report.lost }).toEqual({
      stale: 0,
      errors: 0,
      lost: 0,
    })
    // It is the cache that was read, all the way, and Redis too.
    expect(report.reads).toBeGreaterThan(1000)
    expect(report.writes).toBeGreaterThan(50)
    expect(report.tiers.memory ?? 0).toBeGreaterThan(500)
    expect(report.tiers.redis ?? 0).toBeGreaterThan(500)
    expect(new Set(report.faults)).toEqual(new Set(['cut', 'flush', 'freeze', 'kill']))
    // A frozen Redis costs its deadline, and no more.
    expect(report.slowestMs).toBeLessThan(2000)
  },
  60_000,
)
