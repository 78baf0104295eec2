/** The migration runner against a real PostgreSQL. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { connectDatabase, type DatabaseConnection } from '../../src/database/connection.ts'
import { applyMigrations, type MigrationSet, planMigrations } from '../../src/database/migrations.ts'
import { startTestDatabases, type TestDatabases } from '../support/database.ts'

setDefaultTimeout(60_000)

let databases: TestDatabases
const open: DatabaseConnection[] = []
beforeAll(async () => {
  databases = await startTestDatabases()
})
afterAll(async () => {
  for (const each of open) await each.close()
  await databases.stop()
})

async function connect(url?: string) {
  const connection = connectDatabase({ url: url ?? (await databases.create()) })
  open.push(connection)
  return connection.sql
}

const set = (plugin: string, ...statements: string[]): MigrationSet => ({
  plugin,
  migrations: statements.map((sql, i) => ({ id: `000${i}_step`, sql })),
})
const notes = set('notes', 'create table notes (n int)--> statement-breakpoint\ninsert into notes values (1)')
const names = (pending: ReadonlyArray<{ plugin: string; id: string }>) =>
  pending.map(({ plugin, id }) => `${plugin}/${id}`)

describe('applyMigrations', () => {
  test('applies what is pending, in order, and then finds nothing to do', async () => {
    const sql = await connect()
    const sets = [notes, set('visits', 'create table visits (n int)', 'alter table visits add column m int')]
    expect(names((await planMigrations(sql, sets)).pending)).toEqual([
      'notes/0000_step',
      'visits/0000_step',
      'visits/0001_step',
    ])
    expect((await applyMigrations(sql, sets)).applied).toBe(0)
    expect(await applyMigrations(sql, sets)).toEqual({ applied: 3, pending: [] })
    expect((await sql`select n from notes`)[0]?.n).toBe(1)
    const ledger = await sql`select plugin, id, sha256, applied_at from myoserve.migrations order by 1, 2`
    expect(ledger).toHaveLength(3)
    expect(ledger[0]?.sha256).toMatch(/^[0-9a-f]{64}$/)
  })

  test('a plan changes nothing', async () => {
    const sql = await connect()
    await planMigrations(sql, [notes])
    expect((await sql`select to_regclass('notes') as t, to_regnamespace('myoserve') as s`)[0]).toEqual({
      t: null,
      s: null,
    })
  })

  test('a migration of an older number that comes later is applied all the same', async () => {
    const sql = await connect()
    const [first, second] = set('p', 'create table a (n int)', 'create table b (n int)').migrations
    await applyMigrations(sql, [{ plugin: 'p', migrations: [second as NonNullable<typeof second>] }])
    const both = [{ plugin: 'p', migrations: [first, second] as MigrationSet['migrations'] }]
    expect(names((await applyMigrations(sql, both)).pending)).toEqual(['p/0000_step'])
  })

  test('one that fails is rolled back whole, is named, and those before it stay', async () => {
    const sql = await connect()
    const broken = set('b', 'create table half (n int)--> statement-breakpoint\nselect 1/0')
    await expect(applyMigrations(sql, [notes, broken])).rejects.toThrow(
      /migration b\/0000_step failed and was rolled back: division by zero/,
    )
    expect((await sql`select to_regclass('half') as half, to_regclass('notes') as notes`)[0]).toEqual({
      half: null,
      notes: 'notes',
    })
    expect(await applyMigrations(sql, [notes])).toEqual({ applied: 1, pending: [] })
  })

  test('of several nodes that start at once, one migrates and the rest wait for it', async () => {
    const url = await databases.create()
    const slow = set('slow', 'select pg_sleep(0.2)--> statement-breakpoint\ncreate table once (n int)')
    const nodes = await Promise.all([1, 2, 3, 4].map(() => connect(url)))
    const runs = await Promise.all(nodes.map((sql) => applyMigrations(sql, [slow])))
    expect(runs.map((run) => run.pending.length).sort()).toEqual([0, 0, 0, 1])
  })

  test('refuses when an applied migration was changed', async () => {
    const sql = await connect()
    await applyMigrations(sql, [notes])
    await expect(planMigrations(sql, [set('notes', 'create table notes (n bigint)')])).rejects.toThrow(
      /migration notes\/0000_step differs from the one this database was made with/,
    )
  })

  test('refuses when the database is newer, but not for a plugin that is not installed', async () => {
    const sql = await connect()
    await applyMigrations(sql, [notes, set('extra', 'create table extra (n int)')])
    expect((await planMigrations(sql, [notes])).pending).toEqual([])
    await expect(planMigrations(sql, [notes, { plugin: 'extra', migrations: [] }])).rejects.toThrow(
      /the database is newer than this program: it has migration extra\/0000_step/,
    )
  })
})
