/** From phase to phase while two nodes read: by the command, killed in the middle, gone on with. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { join } from 'node:path'
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
import { startTestDatabases, type TestDatabases } from '../support/database.ts'
import { startTestRedis, type TestRedis, until } from '../support/redis.ts'
import { REDIS_SERVER, redisNote } from '../support/redis-server.ts'
import { PROJECT } from '../support/targets.ts'

const ENTRIES = 20_000

let databases: TestDatabases
let redis: TestRedis
let url: string
let admin: DatabaseConnection

const Report = v.object({ id: v.number(), text: v.string() })
const reportOf = (id: number) => ({ id, text: `report ${id} `.repeat(20) })

async function openNode(settings: { readonly redisUrl?: string }) {
  const database = connectDatabase({ url })
  const host = v.parse(HostConfig, { databaseUrl: url, ...settings })
  const system = await openCache({ database, host, log: createLog('silent') })
  const { reports } = openCaches(system, 'migration', {
    reports: namespace({ key: 'report:{id}', ttl: '12h', schema: Report }),
  })
  return {
    system,
    reports,
    async close() {
      await system.close()
      await database.close()
    },
  }
}

/** Starts `myoserve cache migrate`. */
const spawnMigration = (to: string) =>
  Bun.spawn([process.execPath, join(PROJECT, 'src/main.ts'), 'cache', 'migrate', '--to', to], {
    env: {
      ...process.env,
      DATABASE_URL: url,
      REDIS_URL: redis.url,
      CACHE_PHASE: 'database',
      LOG_LEVEL: 'error',
    },
    stdout: 'pipe',
    stderr: 'pipe',
  })

async function migrate(to: string): Promise<string> {
  const child = spawnMigration(to)
  const [output, errors] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ])
  expect([to, await child.exited, errors]).toEqual([to, 0, ''])
  return output
}

const redisKeys = async (): Promise<number> => Number(await redis.command('dbsize'))

beforeAll(async () => {
  if (!REDIS_SERVER) return
  databases = await startTestDatabases()
  redis = await startTestRedis()
  url = await databases.create()
  admin = connectDatabase({ url })
  await applyMigrations(admin.sql, migrationSets([]))
  const writer = await openNode({})
  for (let from = 0; from < ENTRIES; from += 1000) {
    await writer.reports.setMany(
      Array.from({ length: 1000 }, (_, i) => ({
        params: { id: String(from + i) },
        value: reportOf(from + i),
      })),
    )
  }
  await writer.close()
}, 120_000)

afterAll(async () => {
  await admin?.close()
  await redis?.stop()
  await databases?.stop()
})

describe.skipIf(!REDIS_SERVER)(`the cache of a running clinic moves to Redis${redisNote}`, () => {
  test('with no failed read, every entry compared, and after a kill in the middle', async () => {
    const options = { redisUrl: redis.url, cachePhase: 'database' as const }
    const nodes = await Promise.all([openNode(options), openNode(options)])
    let running = true
    const reads = { count: 0, failed: 0, wrong: 0, loads: 0 }
    const readOn = async ({
      reports,
      system,
    }: {
      reports: (typeof nodes)[0]['reports']
      system: CacheSystem
    }) => {
      while (running) {
        const id = Math.floor(Math.random() * ENTRIES)
        try {
          const { value } = await reports.getOrLoad({ id: String(id) }, () => {
            reads.loads++
            return reportOf(id)
          })
          reads.count++
          if (value.id !== id || value.text !== reportOf(id).text) reads.wrong++
        } catch {
          reads.failed++
        }
        if (reads.count % 50 > 0) continue
        system.memory.clear()
        // What is loaded at once never leaves the microtask queue, and nothing else would get its turn.
        await Bun.sleep(0)
      }
    }
    const readers = nodes.flatMap((node) => [readOn(node), readOn(node)])

    const killed = spawnMigration('dual-write')
    const seen = async (): Promise<number> => {
      const [progress] = await admin.sql<Array<{ seen: number }>>`
        select (value->>'seen')::int as seen from myoserve.cache_state where key = 'migration'`
      return progress?.seen ?? 0
    }
    await until(async () => (await seen()) >= 200, 30_000)
    killed.kill('SIGKILL')
    await killed.exited
    expect(await seen()).toBeWithin(200, ENTRIES)

    expect(await migrate('dual-write')).toMatch(/the phase is dual-write/)
    expect(await redisKeys()).toBeGreaterThanOrEqual(ENTRIES)
    expect(await migrate('redis-primary')).toContain(`of ${ENTRIES} entries copied and compared`)
    expect(await migrate('redis-only')).toMatch(/the phase is redis-only, it was redis-primary/)
    // The nodes have heard, and read on.
    expect(nodes.map(({ system }) => system.phase())).toEqual(['redis-only', 'redis-only'])
    const before = reads.count
    await until(async () => reads.count > before + 500, 30_000)
    running = false
    await Promise.all(readers)

    expect({ failed: reads.failed, wrong: reads.wrong }).toEqual({ failed: 0, wrong: 0 })
    expect(reads.count).toBeGreaterThan(2000)
    // All that was cached before is still cached.
    expect(reads.loads).toBe(0)
    await Promise.all(nodes.map((node) => node.close()))
  }, 120_000)
})
