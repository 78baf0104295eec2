/** Serves requests on an address, with TLS or without, until it is told to stop. */
import { EXIT, Failure, messageOf } from '../exit.ts'
import type { Logger } from '../observe/log.ts'
import type { Connection } from './client.ts'
import { Problem } from './problem.ts'
import { readTlsPair, type TlsFiles, type TlsPair, tellValidity, watchTlsPair } from './tls.ts'

/** Where to listen. */
export interface Place {
  readonly host: string
  readonly port: number
  /** Absent: without TLS. */
  readonly tls?: TlsFiles | undefined
}

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
 * A connection on which nothing happens is closed. Bun closes by itself what has not sent all of its headers within
 * 12 s, however it trickles.
 */
const IDLE_S = 60

/** What was refused before its body came is waited for no longer. */
const UNREAD_S = 5

function startServing(app: Answering, { host }: Place, port: number, pair: TlsPair | undefined) {
  const secure = pair !== undefined
  return Bun.serve({
    hostname: host,
    port,
    // The page that Bun shows otherwise holds source code.
    development: false,
    error: () =>
      new Problem(500, 'INTERNAL_ERROR', 'The server failed; its log has the details.').toResponse(),
    async fetch(request, server) {
      // Bun would end it after the idle time even while a body comes steadily, or while the answer is being made:
      // bodies have a pace to keep, and whatever takes long a deadline.
      server.timeout(request, 0)
      try {
        return await app.fetch(request, { address: server.requestIP(request)?.address ?? '', secure })
      } finally {
        const isRead = request.method === 'GET' || request.body === null || request.bodyUsed
        server.timeout(request, isRead ? IDLE_S : UNREAD_S)
      }
    },
    idleTimeout: IDLE_S,
    // Each route that takes a body has its own limit, and answers a problem past it.
    maxRequestBodySize: Number.MAX_SAFE_INTEGER,
    // Another certificate takes another listener on the same port: one that listens keeps the one it has. Said in
    // either case: outside development Bun would let two servers share a port.
    reusePort: secure,
    ...(pair && { tls: { cert: pair.cert, key: pair.key } }),
  })
}

const unanswered = (): Response => new Response(null, { status: 503 })

/** @throws {Failure} 69 when the port is taken, 78 when the certificate and its key are of no use */
function tryServing(app: Answering, place: Place, pair: TlsPair | undefined) {
  const { host, port } = place
  try {
    // Listeners that share a port would not notice a server of somebody else’s on it.
    if (pair && port !== 0)
      void Bun.serve({ hostname: host, port, reusePort: false, fetch: unanswered }).stop(true)
    return startServing(app, place, port, pair)
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException
    if (code.startsWith('ERR_OSSL')) {
      const sentence = `TLS_CERT_FILE and TLS_KEY_FILE are of no use: ${messageOf(cause)}`
      throw new Failure(EXIT.badConfiguration, sentence, { cause })
    }
    const taken = `port ${port} of ${host} is in use; choose another with --port`
    throw new Failure(EXIT.serviceMissing, code === 'EADDRINUSE' ? taken : messageOf(cause), { cause })
  }
}

type Serving = ReturnType<typeof startServing>

async function stopServing(server: Serving, graceMs: number): Promise<void> {
  const timer = setTimeout(() => void server.stop(true), graceMs)
  await server.stop(false)
  clearTimeout(timer)
}

/** How long requests that came by a former certificate may take. */
const FORMER_GRACE_MS = 600_000

/**
 * Starts to listen. Where the files of the certificate change, a listener with the new one takes over; the former one
 * ends with the requests that it has.
 *
 * @throws {Failure} 69 when the port is taken, 78 when the certificate and its key are of no use
 */
export async function listen(app: Answering, place: Place, log: Logger): Promise<Listener> {
  const { host, tls } = place
  const pair = tls && (await readTlsPair(tls))
  if (pair) tellValidity(pair, log)
  let server = tryServing(app, place, pair)
  // Fixed when any would do: the next listener takes the same.
  const port = server.port as number
  const former = new Set<Serving>()
  const unwatch =
    tls &&
    watchTlsPair(
      tls,
      pair as TlsPair,
      (next) => {
        const old = server
        server = startServing(app, place, port, next)
        former.add(old)
        void stopServing(old, FORMER_GRACE_MS).finally(() => former.delete(old))
      },
      log,
    )
  const shown = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
  return {
    url: `${tls ? 'https' : 'http'}://${shown}:${port}`,
    async stop(graceMs = 5000) {
      unwatch?.()
      await Promise.all([server, ...former].map((each) => stopServing(each, graceMs)))
    },
  }
}
