/** Connections beside the pool, for what must be heard, or given up, whatever the queries of others do. */
import { Socket } from 'node:net'
import type postgres from 'postgres'

/** What postgres.js takes beside what its types say. */
export type ConnectionOptions = postgres.Options<Record<string, never>> & {
  /** Called with channel and payload of each notification, in order, as they arrive. */
  readonly onnotify?: (channel: string, payload: string) => void
  /** Makes a connected socket. */
  readonly socket?: (target: ConnectionTarget) => Promise<Socket>
}

/** Where postgres.js would connect to: `path` where that is a unix socket, else one of the hosts. */
interface ConnectionTarget {
  readonly path: string | false
  readonly host: readonly string[]
  readonly port: readonly number[]
}

/** Connections of one owner. */
export interface Dedicated {
  readonly sql: postgres.Sql
  /** Ends them at once, and every query with them. */
  destroy(): void
}

function connectSocket(socket: Socket, { path, host, port }: ConnectionTarget): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>()
  const closed = (): void =>
    reject(Object.assign(new Error('the connection was closed'), { code: 'ECONNRESET' }))
  socket.once('error', reject).once('close', closed)
  socket.once('connect', () => {
    socket.off('error', reject).off('close', closed)
    resolve(socket)
  })
  // Any of them, so that the next attempt may find the one that is there.
  const i = Math.floor(Math.random() * host.length)
  // postgres.js reads the name that a certificate must bear from here.
  if (!path) Object.assign(socket, { host: host[i], port: port[i] })
  if (path) socket.connect(path)
  else socket.connect(port[i] as number, host[i] as string).setNoDelay()
  return promise
}

/**
 * Opens connections whose sockets can be destroyed: postgres.js itself says goodbye and then waits for the server, and
 * one that is frozen or out of reach does not answer.
 *
 * @param open gives postgres.js its address
 */
export function openDedicated(
  options: ConnectionOptions,
  open: (options: ConnectionOptions) => postgres.Sql,
): Dedicated {
  const sockets = new Set<Socket>()
  const sql = open({
    ...options,
    socket(target) {
      const socket = new Socket()
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
      return connectSocket(socket, target)
    },
  })
  return {
    sql,
    destroy() {
      void sql.end({ timeout: 0 }).finally(() => {
        for (const socket of sockets) socket.destroy()
      })
    },
  }
}
