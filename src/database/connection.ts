/** The one connection pool: postgres.js below, Drizzle above. */
import type { Socket } from 'node:net'
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { VERSION } from '../version.ts'

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
   * Who opens them closes them.
   */
  dedicated(options: ConnectionOptions): postgres.Sql
  /** Resolves with the round trip in milliseconds. @throws when the server does not answer in time */
  ping(timeoutMs?: number): Promise<number>
  close(): Promise<void>
}

/** What postgres.js takes beside what its types say. */
export type ConnectionOptions = postgres.Options<Record<string, never>> & {
  /** Called with channel and payload, in order, as they arrive. */
  readonly onnotify?: (channel: string, payload: string) => void
  /** Makes the socket, connected. */
  readonly socket?: (target: ConnectionTarget) => Promise<Socket>
}

/** Where postgres.js would connect to: `path` where that is a unix socket, else the first host. */
export interface ConnectionTarget {
  readonly path: string | false
  readonly host: readonly string[]
  readonly port: readonly number[]
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
      connect(address, {
        ...OPTIONS,
        ...options,
        connection: { ...OPTIONS.connection, ...options.connection },
      }),
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
