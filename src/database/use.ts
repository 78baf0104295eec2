/** The database for a command: a running server's where there is one, else opened for the time it takes. */
import type { Logger } from '../observe/log.ts'
import { openDataFolder } from '../storage/data-folder.ts'
import { acquireLock } from '../storage/lock.ts'
import { connectDatabase, type DatabaseConnection } from './connection.ts'
import { joinEmbeddedPostgres } from './embedded/index.ts'
import { openDatabase } from './open.ts'

/** Runs `work` with a connection, and closes whatever was opened for it. */
export async function useDatabase<T>(
  { data, databaseUrl, log }: { data: string | undefined; databaseUrl: string | undefined; log: Logger },
  work: (database: DatabaseConnection) => Promise<T>,
): Promise<T> {
  await using opened = new AsyncDisposableStack()
  const folder = await openDataFolder(data)
  const joined = databaseUrl === undefined ? await joinEmbeddedPostgres({ folder }) : null
  if (joined) {
    const connection = connectDatabase(joined)
    opened.defer(connection.close)
    return await work(connection)
  }
  if (databaseUrl === undefined) opened.defer((await acquireLock(folder)).release)
  const database = await openDatabase({ databaseUrl, folder, log })
  opened.defer(database.close)
  return await work(database)
}
