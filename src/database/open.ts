/** Opens the database of an installation: the embedded one, or the server that DATABASE_URL names. */
import { EXIT, Failure, messageOf } from '../exit.ts'
import type { Health } from '../observe/health.ts'
import type { Logger } from '../observe/log.ts'
import type { DataFolder } from '../storage/data-folder.ts'
import { connectDatabase, type DatabaseConnection } from './connection.ts'
import { startEmbeddedPostgres } from './embedded/index.ts'

/** How the database is doing, and which one it is. */
export interface DatabaseHealth extends Health {
  readonly kind: 'embedded' | 'external'
  readonly latencyMs: number | null
}

export interface OpenDatabase extends DatabaseConnection {
  /** How it is doing, in bounded time; never throws. */
  health(): Promise<DatabaseHealth>
}

export interface DatabaseOptions {
  readonly databaseUrl: string | undefined
  readonly folder: DataFolder
  readonly log: Logger
}

function withHealth(connection: DatabaseConnection, kind: DatabaseHealth['kind']): OpenDatabase {
  return {
    ...connection,
    async health() {
      try {
        const latencyMs = Number((await connection.ping()).toFixed(2))
        return { kind, status: 'ok', latencyMs }
      } catch (error) {
        return { kind, status: 'failed', latencyMs: null, reason: messageOf(error) }
      }
    },
  }
}

async function openExternal(url: string): Promise<OpenDatabase> {
  const connection = connectDatabase({ url })
  try {
    await connection.ping(10_000)
  } catch (cause) {
    await connection.close()
    const { host } = new URL(url)
    throw new Failure(
      EXIT.serviceMissing,
      `cannot reach PostgreSQL at ${host} (DATABASE_URL): ${messageOf(cause)}`,
      { cause },
    )
  }
  return withHealth(connection, 'external')
}

/** @throws {Failure} 69 when the server cannot be reached, or the embedded one cannot start */
export async function openDatabase({ databaseUrl, folder, log }: DatabaseOptions): Promise<OpenDatabase> {
  if (databaseUrl !== undefined) return openExternal(databaseUrl)
  const embedded = await startEmbeddedPostgres({ folder, log })
  const connection = connectDatabase(embedded.connection)
  return {
    ...withHealth(connection, 'embedded'),
    async close() {
      await connection.close()
      await embedded.stop()
    },
  }
}
