/** Who is at the other end: the client itself, behind whatever proxies are trusted. */
import type { Context } from 'hono'
import { plainAddress } from '../config/address.ts'
import type { ProxyHeader } from '../config/schema.ts'

/** The connection that a request came by. */
export interface Connection {
  readonly address: string
  /** Whether we speak TLS on it ourselves. */
  readonly secure: boolean
}

/** Where a request comes from, as far as those on the way can be believed. */
export interface Client {
  /** IP address in its shortest form, an IPv4 one never as IPv6. */
  readonly address: string
  /** Whether the client speaks TLS: with us, or with a proxy that is trusted. */
  readonly secure: boolean
  /** The `Host` it asked for, with a port where it named one; empty where it did not. */
  readonly host: string
}

/** Whom to believe about a client that is not at the other end of the connection. */
export interface ProxyTrust {
  isTrusted(address: string): boolean
  readonly header: ProxyHeader
}

/** One step on the way: who asked, and how. */
interface Hop {
  readonly address: string | null
  readonly scheme: string | undefined
}

/** What stands beside a request in the app. */
export interface AppEnv {
  /** Absent where the program asks itself. */
  Bindings: { readonly connection?: Connection | undefined }
}

declare module 'hono' {
  interface ContextVariableMap {
    /** See {@link clientOf}. */
    client: Client
  }
}

/** A request that this program makes of itself has no connection. */
const OURSELVES: Connection = { address: '127.0.0.1', secure: false }

/** One entry for each on the way; a comma never stands within one, whatever quotes are left open. */
const entries = (header: string | null): string[] =>
  header === null ? [] : header.split(',').map((entry) => entry.trim())

/** @see https://www.rfc-editor.org/rfc/rfc7239#section-4 */
function forwardedHops(header: string | null): Hop[] {
  return entries(header).map((entry) => {
    const pairs = new Map(
      entry.split(';').map((pair): [string, string] => {
        const equals = pair.indexOf('=')
        const value = pair.slice(equals + 1).trim()
        return [pair.slice(0, Math.max(0, equals)).trim().toLowerCase(), value.replace(/^"(.*)"$/, '$1')]
      }),
    )
    return { address: plainAddress(pairs.get('for') ?? ''), scheme: pairs.get('proto')?.toLowerCase() }
  })
}

/** A proxy that names one scheme for a whole chain means the client's. */
function xForwardedHops(headers: Headers): Hop[] {
  const schemes = entries(headers.get('x-forwarded-proto'))
  const addresses = entries(headers.get('x-forwarded-for') ?? '')
  return addresses.map((address, i) => ({
    address: plainAddress(address),
    scheme: (schemes.length === 1
      ? schemes[0]
      : schemes[schemes.length - addresses.length + i]
    )?.toLowerCase(),
  }))
}

/**
 * Finds the client of a request: the other end of the connection or, where that is a trusted proxy, the last on the
 * way that is none. What stands before it may be invented.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7239#section-8.1
 */
export function findClient(headers: Headers, connection: Connection = OURSELVES, trust?: ProxyTrust): Client {
  const host = headers.get('host') ?? ''
  // The system writes IPv4 as it is; IPv6 may stand for it.
  const { address: given } = connection
  const peer = given.includes(':') ? (plainAddress(given) ?? given) : given
  if (!trust?.isTrusted(peer)) return { address: peer, secure: connection.secure, host }
  const hops =
    trust.header === 'forwarded' ? forwardedHops(headers.get('forwarded')) : xForwardedHops(headers)
  let address = peer
  let scheme = connection.secure ? 'https' : 'http'
  for (const hop of hops.reverse()) {
    scheme = hop.scheme ?? scheme
    // Who is unknown is behind the last that is known.
    if (hop.address === null) break
    address = hop.address
    if (!trust.isTrusted(address)) break
  }
  return { address, secure: scheme === 'https', host }
}

/**
 * Who is at the other end of a request, for the audit log, for limits, and for whether a cookie is `Secure`.
 *
 * @example const { address, secure } = clientOf(c)
 */
export const clientOf = (c: Context): Client => c.get('client')
