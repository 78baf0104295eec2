/** pg-boss on our connections: the pool for what is done for jobs, one connection for its own maintenance. */
import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/postgres-js'
import { type Db, fromDrizzle, PgBoss } from 'pg-boss'
import type { Database, DatabaseConnection } from '../database/connection.ts'
import { QUEUE_SCHEMA } from '../database/queue-migration.ts'
import type { Logger } from '../observe/log.ts'

/** Nothing of its maintenance is urgent; of several servers one does it. */
const MAINTENANCE_MS = 3_600_000
const FIRST_MAINTENANCE_MS = 60_000

/** The maintenance connection is closed when it is idle for so long. */
const IDLE_S = 20

const isPlain = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)

/** For pg-boss, a connection or a transaction of ours. */
export function bind(connection: Database): Db {
  const bound = fromDrizzle(connection, sql)
  return {
    // Drizzle has postgres.js hand objects on as they are.
    executeSql: (text, values) =>
      bound.executeSql(
        text,
        values?.map((value) => (isPlain(value) ? JSON.stringify(value) : value)),
      ),
  }
}

/** How many jobs a command of pg-boss has changed; its types leave that out. */
export const affectedBy = (response: object): number => (response as { readonly affected: number }).affected

export interface Boss {
  readonly boss: PgBoss
  close(): Promise<void>
}

/** @throws where its schema is not the one that the pinned release needs */
export async function openBoss(
  { dedicated }: Pick<DatabaseConnection, 'dedicated'>,
  log: Logger,
): Promise<Boss> {
  // Its maintenance sends whole transactions as one text, which postgres.js allows on a single connection only.
  const own = dedicated({ max: 1, fetch_types: false, idle_timeout: IDLE_S })
  const boss = new PgBoss({
    db: bind(drizzle(own.sql)),
    schema: QUEUE_SCHEMA,
    migrate: false,
    supervise: false,
    schedule: false,
    queueCacheIntervalSeconds: 24 * 3600,
    // Each pass is asked for below.
    monitorIntervalSeconds: MAINTENANCE_MS / 2000,
    maintenanceIntervalSeconds: MAINTENANCE_MS / 2000,
  })
  boss.on('error', (error) => log.warn({ err: error }, 'jobs: pg-boss failed'))
  boss.on('warning', ({ message }) => log.warn({ reason: message }, 'jobs: pg-boss warns'))
  try {
    await boss.start()
  } catch (error) {
    own.destroy()
    throw error
  }
  const maintain = (): void => {
    timer = setTimeout(maintain, MAINTENANCE_MS)
    boss.supervise().catch((error: unknown) => log.warn({ err: error }, 'jobs: maintenance failed'))
  }
  let timer = setTimeout(maintain, FIRST_MAINTENANCE_MS * (1 + Math.random()))
  return {
    boss,
    async close() {
      clearTimeout(timer)
      await boss.stop({ graceful: false })
      own.destroy()
    },
  }
}
