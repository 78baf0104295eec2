/** One load runs for eight processes that miss at once, by the lease of Redis or of PostgreSQL. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { join } from 'node:path'
import { connectDatabase, type DatabaseConnection } from '../../src/database/connection.ts'
import { applyMigrations } from '../../src/database/migrations.ts'
import { migrationSets } from '../../src/plugin/migration-sets.ts'
import { startTestDatabases, type TestDatabases } from '../support/database.ts'
import { startTestRedis, type TestRedis } from '../support/redis.ts'
import { REDIS_SERVER, redisNote } from '../support/redis-server.ts'

const PROCESSES = 8

let databases: TestDatabases
let redis: TestRedis | undefined

beforeAll(async () => {
  databases = await startTestDatabases()
  if (REDIS_SERVER) redis = await startTestRedis()
}, 60_000)
afterAll(async () => {
  await redis?.stop()
  await databases.stop()
})

/** A process, its lines one by one. */
function spawnNode(databaseUrl: string, redisUrl: string) {
  const child = Bun.spawn(
    [process.execPath, join(import.meta.dir, 'one-load-node.ts'), databaseUrl, redisUrl],
    { stdin: 'pipe', stdout: 'pipe', stderr: 'inherit' },
  )
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  return {
    child,
    async line(): Promise<string> {
      for (;;) {
        const end = text.indexOf('\n')
        if (end >= 0) {
          const line = text.slice(0, end)
          text = text.slice(end + 1)
          return line
        }
        const { value, done } = await reader.read()
        if (done) throw new Error('the process has ended')
        text += value
      }
    },
    say(line: string): void {
      child.stdin.write(`${line}\n`)
      child.stdin.flush()
    },
  }
}

async function withNodes(
  redisUrl: string,
  use: (ask: (wave: string) => Promise<unknown[]>, database: DatabaseConnection) => Promise<void>,
): Promise<void> {
  const url = await databases.create()
  const database = connectDatabase({ url })
  await applyMigrations(database.sql, migrationSets([]))
  await database.sql`create table loads (wave text not null)`
  const nodes = Array.from({ length: PROCESSES }, () => spawnNode(url, redisUrl))
  try {
    for (const node of nodes) expect(await node.line()).toBe('ready')
    await use(async (wave) => {
      for (const node of nodes) node.say(wave)
      return Promise.all(nodes.map(async (node) => JSON.parse(await node.line())))
    }, database)
  } finally {
    for (const node of nodes) node.say('end')
    await Promise.all(nodes.map(({ child }) => child.exited))
    await database.close()
  }
}

const countOf = async (database: DatabaseConnection, wave: string): Promise<number> =>
  (await database.sql`select from loads where wave = ${wave}`).length

async function expectOneLoad(redisUrl: string): Promise<void> {
  await withNodes(redisUrl, async (ask, database) => {
    for (const wave of ['first', 'second', 'third']) {
      const reads = await ask(wave)
      expect(reads.map((read) => (read as string[])[1])).toEqual(
        Array.from({ length: PROCESSES }, () => `answer of ${wave}`),
      )
      expect(reads.filter((read) => (read as string[])[0] === 'MISS')).toHaveLength(1)
      expect(await countOf(database, wave)).toBe(1)
    }
  })
}

describe(`${PROCESSES} processes that miss at once`, () => {
  test('load once, by a lease of PostgreSQL', () => expectOneLoad(''), 60_000)

  test.skipIf(!REDIS_SERVER)(
    `load once, by a lease of Redis${redisNote}`,
    () => expectOneLoad((redis as TestRedis).url),
    60_000,
  )
})
