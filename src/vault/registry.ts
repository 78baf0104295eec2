/** Which keys the database is sealed by: so that no node makes one of its own beside them. */
import { eq, sql } from 'drizzle-orm'
import type { Database } from '../database/connection.ts'
import { vaultKeys } from './tables.ts'

/** Key of the advisory lock under which keys are made, forgotten and rotated. */
const LOCK = 69673785

/** The ids of all keys that may have sealed something, the oldest first. */
export const registeredKeys = async (db: Pick<Database, 'select'>): Promise<string[]> =>
  (await db.select().from(vaultKeys).orderBy(vaultKeys.since, vaultKeys.id)).map(({ id }) => id)

/** Whether the database has the tables of this release. */
export async function isMigrated(db: Pick<Database, 'execute'>): Promise<boolean> {
  const [row] = await db.execute<{ there: boolean }>(
    sql`select to_regclass('myoserve.vault_keys') is not null as there`,
  )
  return row?.there === true
}

/** Notes that a key may seal from now on. */
export const registerKeys = async (db: Pick<Database, 'insert'>, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return
  await db
    .insert(vaultKeys)
    .values(ids.map((id) => ({ id })))
    .onConflictDoNothing()
}

/** Notes that a key has sealed nothing that is still there. */
export const forgetKey = (db: Pick<Database, 'delete'>, id: string) =>
  db.delete(vaultKeys).where(eq(vaultKeys.id, id))

/** Runs something while no other process makes or removes keys of this database. */
export const aloneWithKeys = <T>(db: Database, work: (tx: Database) => Promise<T>): Promise<T> =>
  db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`)
    return work(tx as unknown as Database)
  })
