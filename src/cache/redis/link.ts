/** One connection to one Redis server, made anew whenever it is lost. */
import { readFile } from 'node:fs/promises'
import { createClient, RESP_TYPES, type RedisArgument } from 'redis'
import { withDeadline } from '../deadline.ts'
import type { HostPort } from './address.ts'
import { describeFailure, type RedisFailure } from './failure.ts'

/** A handshake that takes longer is given up and begun again. */
const CONNECT_MS = 2000

/** Waits between attempts double up to this; half of each is random. */
const LONGEST_WAIT_MS = 1000
const LONGEST_WAIT_REFUSED_MS = 5000

/** A connection that lasted this long was a good one: the next attempt comes soon. */
const LASTING_MS = 1000

/** More commands than this wait for a server that is not answering: refuse rather than fill the memory. */
const MOST_WAITING = 10_000

/** Files of TLS, read anew for each connection, so that renewed certificates are taken up. */
export interface RedisTls {
  /** Authorities to trust in place of the system's: a PEM file. */
  readonly caFile?: string | undefined
  /** Our certificate and its key, where the server asks for one: PEM files. */
  readonly certFile?: string | undefined
  readonly keyFile?: string | undefined
  /** False accepts any certificate; true when absent. */
  readonly rejectUnauthorized?: boolean | undefined
}

/** How to reach and greet a server. */
export interface LinkTarget {
  /** Where it is now: asked before each attempt. */
  readonly locate: () => Promise<HostPort>
  /** Null: without TLS. */
  readonly tls: RedisTls | null
  readonly user: string | null
  readonly password: string | null
  readonly database: number
}

export type RedisClient = ReturnType<typeof makeClient>

export interface Link {
  isReady(): boolean
  /** Why it is not ready, or was not the last time; null when it never failed. */
  failure(): RedisFailure | null
  /**
   * Sends a command; strings of its reply are Buffers. Rejects at once while not ready, but otherwise waits for as long
   * as the server does: to be called under a deadline.
   */
  send(args: readonly RedisArgument[]): Promise<unknown>
  /** Drops the connection and makes another: the server may be gone without having said so. */
  renew(reason: RedisFailure): void
  close(): void
}

export interface LinkEvents {
  onReady?(): void
  onLost?(failure: RedisFailure): void
}

async function tlsOptions({ caFile, certFile, keyFile, rejectUnauthorized = true }: RedisTls, host: string) {
  const read = async (path: string | undefined) => (path === undefined ? undefined : readFile(path, 'utf8'))
  const [ca, cert, key] = await Promise.all([read(caFile), read(certFile), read(keyFile)])
  return {
    tls: true as const,
    rejectUnauthorized,
    // RFC 6066 §3: a server name is never an address.
    ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
  }
}

type SocketTls = Awaited<ReturnType<typeof tlsOptions>>

const makeClient = (
  { user, password, database }: LinkTarget,
  { host, port }: HostPort,
  tls: SocketTls | null,
) =>
  createClient({
    ...(user !== null && { username: user }),
    ...(password !== null && { password }),
    database,
    name: 'myoserve',
    socket: { host, port, ...(tls ?? {}), connectTimeout: CONNECT_MS, reconnectStrategy: false },
    disableOfflineQueue: true,
    commandsQueueMaxLength: MOST_WAITING,
    disableClientInfo: true,
    maintNotifications: 'disabled',
    // Its own timeout covers only what was not written yet, and costs a timer a call: off.
    commandOptions: { timeout: 0, typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } },
  })

/** A connection to where a target is at the moment. @throws within {@link CONNECT_MS} for each of its two steps */
export async function connectOnce(target: LinkTarget, onError: (error: Error) => void): Promise<RedisClient> {
  const place = await withDeadline(target.locate(), CONNECT_MS)
  const tls = target.tls === null ? null : await tlsOptions(target.tls, place.host)
  const client = makeClient(target, place, tls)
  client.on('error', onError)
  try {
    await withDeadline(client.connect(), CONNECT_MS)
    return client
  } catch (error) {
    disconnect(client)
    throw error
  }
}

/** Drops a connection, whatever state it is in. */
export function disconnect(client: RedisClient): void {
  if (client.isOpen) client.destroy()
}

/** Opens a link. Never waits and never throws: a server that is absent is looked for until it is there. */
export function openLink(target: LinkTarget, events: LinkEvents = {}): Link {
  let client: RedisClient | null = null
  let failure: RedisFailure | null = null
  let attempts = 0
  let readyAt = Number.POSITIVE_INFINITY
  /** Tells this attempt from those given up; ever growing, and Infinity once closed. */
  let era = 0
  let timer: Timer | undefined

  const lost = (mine: number, reason: RedisFailure): void => {
    if (mine !== era) return
    era++
    if (client) disconnect(client)
    client = null
    if (performance.now() - readyAt > LASTING_MS) attempts = 0
    readyAt = Number.POSITIVE_INFINITY
    failure = reason
    const longest = failure.reason === 'refused' ? LONGEST_WAIT_REFUSED_MS : LONGEST_WAIT_MS
    const wait = Math.min(longest, 50 * 2 ** Math.min(attempts++, 16)) * (0.5 + Math.random() / 2)
    timer = setTimeout(() => void connect(), wait)
    events.onLost?.(failure)
  }
  const connect = async (): Promise<void> => {
    const mine = era
    try {
      const connected = await connectOnce(target, (error) => lost(mine, describeFailure(error)))
      if (mine !== era) return disconnect(connected)
      client = connected
      readyAt = performance.now()
      events.onReady?.()
    } catch (error) {
      lost(mine, describeFailure(error))
    }
  }
  void connect()

  return {
    isReady: () => client?.isReady === true,
    failure: () => failure,
    send: (args) => client?.sendCommand(args) ?? Promise.reject(new Error('not connected')),
    renew: (reason) => {
      if (client) lost(era, reason)
    },
    close() {
      era = Number.POSITIVE_INFINITY
      clearTimeout(timer)
      if (client) disconnect(client)
      client = null
    },
  }
}
