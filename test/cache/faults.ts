/**
 * Two nodes on one PostgreSQL and one Redis, read and written while Redis is killed, frozen, cut and flushed. Run by
 * itself for a minute: `bun test/cache/faults.ts --seconds 60`; the suite runs it for a few seconds.
 */

import { sql } from 'drizzle-orm'
import * as v from 'valibot'
import { openCaches } from '../../src/cache/cache.ts'
import { namespace } from '../../src/cache/namespace.ts'
import { openCache } from '../../src/cache/open.ts'
import type { CacheSystem } from '../../src/cache/system.ts'
import { HostConfig } from '../../src/config/schema.ts'
import { connectDatabase, type DatabaseConnection } from '../../src/database/connection.ts'
import { applyMigrations } from '../../src/database/migrations.ts'
import { createLog } from '../../src/observe/log.ts'
import { migrationSets } from '../../src/plugin/migration-sets.ts'
import { startTestDatabases } from '../support/database.ts'
import { startTestRedis, type TestRedis } from '../support/redis.ts'

export interface FaultReport {
  readonly seconds: number
  readonly reads: number
  readonly writes: number
  /** Reads by tier. */
  readonly tiers: Readonly<Record<string, number>>
  /** Reads that gave less than what was acknowledged as they began. */
  readonly stale: number
  /** Reads or writes that failed. */
  readonly errors: number
  /** Acknowledged writes that PostgreSQL does not have. */
  readonly lost: number
  /** Longest read, in ms. */
  readonly slowestMs: number
  readonly faults: readonly string[]
}

const RECORDS = 20
const READERS = 4

const Counter = v.object({ id: v.number(), version: v.number() })

interface Node {
  readonly database: DatabaseConnection
  readonly system: CacheSystem
  read(id: number): Promise<{ readonly version: number; readonly tier: string }>
  write(id: number): Promise<number>
}

async function openNode(databaseUrl: string, redisUrl: string): Promise<Node> {
  const database = connectDatabase({ url: databaseUrl })
  const host = { ...v.parse(HostConfig, { databaseUrl }), redisUrl, cachePhase: 'redis-primary' as const }
  const system = await openCache({ database, host, log: createLog('silent') })
  const { counters } = openCaches(system, 'faults', {
    counters: namespace({
      key: 'counter:{id}',
      ttl: '1h',
      tags: ['counter.changed:{id}'],
      schema: Counter,
    }),
  })
  return {
    database,
    system,
    async read(id) {
      const { value, tier } = await counters.getOrLoad({ id: String(id) }, async () => {
        const [row] = await database.sql<
          Array<{ version: number }>
        >`select version from truth where id = ${id}`
        return { id, version: row?.version ?? -1 }
      })
      return { version: value.version, tier }
    },
    async write(id) {
      const { version, change } = await database.db.transaction(async (tx) => {
        const rows = await tx.execute<{ version: number }>(
          sql`update truth set version = version + 1 where id = ${id} returning version`,
        )
        const announced = await system.announce([['counter.changed:{id}', { id: String(id) }]], tx)
        return { version: rows[0]?.version ?? -1, change: announced }
      })
      await change.settled()
      return version
    },
  }
}

/** What happens to Redis, one after another. */
const FAULTS: ReadonlyArray<readonly [name: string, fault: (redis: TestRedis) => Promise<void>]> = [
  ['cut', (redis) => redis.cut()],
  ['flush', async (redis) => void (await redis.command('flushall'))],
  [
    'freeze',
    async (redis) => {
      redis.freeze()
      await Bun.sleep(700)
      redis.thaw()
    },
  ],
  [
    'kill',
    async (redis) => {
      await redis.kill()
      await Bun.sleep(500)
      await redis.restart()
    },
  ],
]

export async function runFaults(seconds: number): Promise<FaultReport> {
  await using opened = new AsyncDisposableStack()
  const databases = await startTestDatabases()
  opened.defer(databases.stop)
  const redis = await startTestRedis()
  opened.defer(redis.stop)
  const url = await databases.create()
  const admin = connectDatabase({ url })
  opened.defer(admin.close)
  await applyMigrations(admin.sql, migrationSets([]))
  await admin.sql`create table truth (id int primary key, version int not null)`
  await admin.sql`insert into truth select n, 0 from generate_series(0, ${RECORDS - 1}) n`
  const nodes = await Promise.all([openNode(url, redis.url), openNode(url, redis.url)])
  for (const node of nodes) {
    opened.defer(node.database.close)
    opened.defer(node.system.close)
  }

  /** What was acknowledged, by record. */
  const acknowledged = new Array<number>(RECORDS).fill(0)
  const count = { reads: 0, writes: 0, stale: 0, errors: 0, slowestMs: 0 }
  const tiers: Record<string, number> = {}
  const faults: string[] = []
  const end = performance.now() + seconds * 1000
  const running = (): boolean => performance.now() < end
  const any = (): number => Math.floor(Math.random() * RECORDS)

  async function readOn(node: Node): Promise<void> {
    while (running()) {
      const id = any()
      const expected = acknowledged[id] as number
      const start = performance.now()
      try {
        const { version, tier } = await node.read(id)
        count.reads++
        tiers[tier] = (tiers[tier] ?? 0) + 1
        if (version < expected) count.stale++
      } catch {
        count.errors++
      }
      count.slowestMs = Math.max(count.slowestMs, performance.now() - start)
      // A hit in memory never leaves the microtask queue.
      if (count.reads % 16 === 0) await Bun.sleep(0)
    }
  }

  async function writeOn(node: Node): Promise<void> {
    while (running()) {
      const id = any()
      try {
        const version = await node.write(id)
        acknowledged[id] = Math.max(acknowledged[id] as number, version)
        count.writes++
      } catch {
        count.errors++
      }
      await Bun.sleep(5)
    }
  }

  async function breakThings(): Promise<void> {
    for (let i = 0; running(); i++) {
      await Bun.sleep(400)
      const [name, fault] = FAULTS[i % FAULTS.length] as (typeof FAULTS)[number]
      await fault(redis)
      faults.push(name)
    }
  }

  /** Without what memory has, Redis is read, which is what fails. */
  async function forgetThings(): Promise<void> {
    while (running()) {
      await Bun.sleep(10)
      for (const node of nodes) node.system.memory.clear()
    }
  }

  await Promise.all([
    ...nodes.flatMap((node) => [...Array.from({ length: READERS }, () => readOn(node)), writeOn(node)]),
    breakThings(),
    forgetThings(),
  ])
  const rows = await admin.sql<Array<{ id: number; version: number }>>`select id, version from truth`
  const lost = rows.filter(({ id, version }) => version < (acknowledged[id] as number)).length
  return { seconds, ...count, tiers, lost, faults }
}

if (import.meta.main) {
  const seconds = Number(process.argv[process.argv.indexOf('--seconds') + 1]) || 60
  console.log(JSON.stringify(await runFaults(seconds), null, 2))
  process.exit(0)
}
