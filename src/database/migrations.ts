/** Migrations: a ledger of what was applied, compared as a set, run under one advisory lock. */
import type { ReservedSql, Sql } from 'postgres'
import { EXIT, Failure } from '../exit.ts'

/** One SQL migration. Its text never changes once it was applied anywhere. */
export interface Migration {
  /** Unique within its plugin, such as `0000_recordings`. */
  readonly id: string
  /** Statements parted by `--> statement-breakpoint`, as drizzle-kit writes them. */
  readonly sql: string
}

/** The migrations of one plugin, in order. */
export interface MigrationSet {
  readonly plugin: string
  readonly migrations: readonly Migration[]
}

/** What there is to do, in order. */
export interface MigrationPlan {
  readonly applied: number
  readonly pending: ReadonlyArray<Migration & { readonly plugin: string }>
}

interface LedgerRow {
  readonly plugin: string
  readonly id: string
  readonly sha256: string
}

/** Any constant that nobody else takes: "myoserve" in the keys of a telephone. */
const LOCK = 69673783

const hash = (text: string): string => new Bun.CryptoHasher('sha256').update(text).digest('hex')

async function readLedger(sql: Sql | ReservedSql): Promise<LedgerRow[]> {
  const [found] = await sql`select to_regclass('myoserve.migrations') is not null as present`
  return found?.present ? sql<LedgerRow[]>`select plugin, id, sha256 from myoserve.migrations` : []
}

function compare(sets: readonly MigrationSet[], ledger: readonly LedgerRow[]): MigrationPlan {
  const applied = new Map(ledger.map((row) => [`${row.plugin}/${row.id}`, row.sha256]))
  const pending: Array<Migration & { plugin: string }> = []
  const known = new Set<string>()
  for (const { plugin, migrations } of sets) {
    for (const migration of migrations) {
      const name = `${plugin}/${migration.id}`
      known.add(name)
      const before = applied.get(name)
      if (before === undefined) pending.push({ ...migration, plugin })
      else if (before !== hash(migration.sql)) {
        throw new Failure(
          EXIT.badConfiguration,
          `migration ${name} differs from the one this database was made with; install the program that made it`,
        )
      }
    }
  }
  const plugins = new Set(sets.map((set) => set.plugin))
  const newer = ledger.find((row) => plugins.has(row.plugin) && !known.has(`${row.plugin}/${row.id}`))
  if (newer) {
    throw new Failure(
      EXIT.badConfiguration,
      `the database is newer than this program: it has migration ${newer.plugin}/${newer.id}, which this program does not know; install a newer Myoserve`,
    )
  }
  return { applied: known.size - pending.length, pending }
}

/**
 * What a run would do. Changes nothing.
 *
 * @throws {Failure} when an applied migration changed, or the database is newer than the program
 */
export async function planMigrations(sql: Sql, sets: readonly MigrationSet[]): Promise<MigrationPlan> {
  return compare(sets, await readLedger(sql))
}

async function applyOne(sql: ReservedSql, migration: MigrationPlan['pending'][number]): Promise<void> {
  await sql`begin`
  try {
    for (const statement of migration.sql.split('--> statement-breakpoint')) {
      if (statement.trim()) await sql.unsafe(statement)
    }
    await sql`
      insert into myoserve.migrations (plugin, id, sha256)
      values (${migration.plugin}, ${migration.id}, ${hash(migration.sql)})`
    await sql`commit`
  } catch (cause) {
    await sql`rollback`
    throw new Failure(
      EXIT.ourFault,
      `migration ${migration.plugin}/${migration.id} failed and was rolled back: ${cause instanceof Error ? cause.message : cause}`,
      { cause },
    )
  }
}

/**
 * Applies what is pending, each migration in a transaction of its own with its ledger entry. One
 * advisory lock holds for the whole run, so that of several nodes one migrates and the rest wait.
 *
 * @returns the plan that was carried out
 * @throws {Failure} as {@link planMigrations}; or naming the migration that failed, rolled back
 */
export async function applyMigrations(sql: Sql, sets: readonly MigrationSet[]): Promise<MigrationPlan> {
  const session = await sql.reserve()
  try {
    await session`select pg_advisory_lock(${LOCK})`
    const plan = compare(sets, await readLedger(session))
    if (plan.pending.length > 0) {
      await session`create schema if not exists myoserve`
      await session`
        create table if not exists myoserve.migrations (
          plugin text not null,
          id text not null,
          sha256 text not null,
          applied_at timestamptz not null default now(),
          primary key (plugin, id)
        )`
      for (const migration of plan.pending) await applyOne(session, migration)
    }
    await session`select pg_advisory_unlock(${LOCK})`
    return plan
  } finally {
    session.release()
  }
}
