/** The one connection pool: postgres.js below, Drizzle above. */
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { VERSION } from '../version.ts'
import { type ConnectionOptions, type Dedicated, openDedicated } from './dedicated.ts'

/** The one PostgreSQL, through Drizzle. A transaction of it has the same calls. */
export type Database = PostgresJsDatabase

/** Where a server is: a URL, or the parts of a socket or loopback connection. */
export type DatabaseAddress =
  | { readonly url: string }
  | {
      readonly host: string
      readonly port: number
      readonly user: string
      readonly password: string
      readonly database: string
    }

export interface DatabaseConnection {
  readonly db: Database
  readonly sql: postgres.Sql
  /**
   * Connections to the same server that are nobody else's: for what must not wait behind the queries of the pool.
   */
  dedicated(options: ConnectionOptions): Dedicated
  /** Resolves with the round trip in milliseconds. @throws when the server does not answer in time */
  ping(timeoutMs?: number): Promise<number>
  close(): Promise<void>
}

const OPTIONS = {
  max: 10,
  connect_timeout: 10,
  idle_timeout: 300,
  backoff: (retries: number) => Math.min(0.05 * 2 ** retries, 2),
  connection: { application_name: `myoserve/${VERSION}` },
  onnotice: () => {},
} satisfies postgres.Options<Record<string, never>>

/** As libpq does, `?host=/folder` means the unix socket in that folder; postgres.js does not know it. */
function connect(address: DatabaseAddress, options: ConnectionOptions): postgres.Sql {
  if (!('url' in address)) return postgres({ ...options, ...address, path: undefined })
  const socket = /[?&]host=([^&]+)/.exec(address.url)?.[1]
  if (socket === undefined) return postgres(address.url, options)
  const rest = new URL(address.url)
  rest.searchParams.delete('host')
  return postgres(rest.href, { ...options, host: decodeURIComponent(socket) })
}

/** Opens a pool. Connections are made when they are first needed. */
export function connectDatabase(address: DatabaseAddress): DatabaseConnection {
  const sql = connect(address, OPTIONS)
  return {
    sql,
    dedicated: (options) =>
      openDedicated(
        { ...OPTIONS, ...options, connection: { ...OPTIONS.connection, ...options.connection } },
        (each) => connect(address, each),
      ),
    db: drizzle(sql),
    async ping(timeoutMs = 1000) {
      const start = performance.now()
      const timeout = Promise.withResolvers<never>()
      const timer = setTimeout(() => timeout.reject(new Error(`no answer in ${timeoutMs} ms`)), timeoutMs)
      try {
        await Promise.race([sql`select 1`, timeout.promise])
      } finally {
        clearTimeout(timer)
      }
      return performance.now() - start
    },
    close: () => sql.end({ timeout: 5 }),
  }
}
