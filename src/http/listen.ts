/** Serves requests on a loopback address until it is told to stop. */
import { EXIT, Failure, messageOf } from '../exit.ts'
import type { Connection } from './client.ts'

/** Whatever answers requests, such as an app. */
export interface Answering {
  fetch(request: Request, connection?: Connection): Response | Promise<Response>
}

export interface Listener {
  /** Such as `http://127.0.0.1:8080`. */
  readonly url: string
  /** Takes no new requests, lets the ones under way end, and cuts them off after `graceMs`. */
  stop(graceMs?: number): Promise<void>
}

/**
 * @param host a loopback address: the configuration accepts no other while there is no access control
 * @throws {Failure} 69 when the port is taken
 */
export function listen(app: Answering, host: string, port: number): Listener {
  try {
    const server = Bun.serve({
      hostname: host,
      port,
      fetch: (request, own) =>
        app.fetch(request, { address: own.requestIP(request)?.address ?? '', secure: false }),
      idleTimeout: 60,
      // Each route that takes a body has its own limit, and answers a problem past it.
      maxRequestBodySize: Number.MAX_SAFE_INTEGER,
    })
    const shown = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
    return {
      url: `http://${shown}:${server.port}`,
      async stop(graceMs = 5000) {
        const graceful = server.stop(false)
        const timer = setTimeout(() => void server.stop(true), graceMs)
        await graceful
        clearTimeout(timer)
      },
    }
  } catch (cause) {
    const taken = (cause as NodeJS.ErrnoException).code === 'EADDRINUSE'
    throw new Failure(
      EXIT.serviceMissing,
      taken ? `port ${port} of ${host} is in use; choose another with --port` : messageOf(cause),
      { cause },
    )
  }
}
