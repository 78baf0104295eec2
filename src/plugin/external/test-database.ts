/** The database of a test host: a fresh one on a real PostgreSQL, or one that says how to have it. */
import { connectDatabase, type Database, type DatabaseConnection } from '../../database/connection.ts'

/** Where `myoserve plugin test --database` says its PostgreSQL is. */
export const TEST_DATABASE = 'MYOSERVE_TEST_DATABASE'

/** Whether there is a PostgreSQL for tests. */
export const hasTestDatabase = (): boolean => process.env[TEST_DATABASE] !== undefined

/** Makes an empty database, which goes with `disposal`. @throws where there is no PostgreSQL for tests */
export async function freshDatabase(disposal: AsyncDisposableStack): Promise<DatabaseConnection> {
  const server = process.env[TEST_DATABASE]
  if (server === undefined) {
    throw new Error('this test takes a database: run it by `myoserve plugin test --database`')
  }
  const admin = connectDatabase({ url: server })
  disposal.defer(admin.close)
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`
  await admin.sql.unsafe(`create database ${name}`)
  disposal.defer(async () => void (await admin.sql.unsafe(`drop database ${name} with (force)`)))
  const url = new URL(server)
  url.pathname = `/${name}`
  const database = connectDatabase({ url: url.href })
  disposal.defer(database.close)
  return database
}

/** What stands for a database where there is none: to a request it is one that is away. */
export class NoDatabase extends Error {
  override readonly name = 'NoDatabase'
  readonly code = 'CONNECTION_ENDED'
}

/** @param touched called whenever somebody would use it */
export const absentDatabase = (touched: () => void = () => undefined): Database =>
  new Proxy({} as Database, {
    get() {
      touched()
      throw new NoDatabase('this test host has no database: createTestHost({ database: true }) gives it one')
    },
  })
