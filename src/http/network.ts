/** What an app has to know of the network that it answers to. */
import type { MiddlewareHandler } from 'hono'
import { plainAddress } from '../config/address.ts'
import { isLoopback } from '../config/loopback.ts'
import type { BodyPace } from './body-pace.ts'
import { type AppEnv, findClient, type ProxyTrust } from './client.ts'
import { createHostCheck } from './hosts.ts'
import { Problem } from './problem.ts'

export interface Network {
  /** Proxies that are believed about their clients; absent: none. */
  readonly trust?: ProxyTrust | undefined
  /** Whether others than trusted proxies and this machine are turned away. */
  readonly proxiesOnly?: boolean
  /** Names that it may be asked for by, beside loopback ones. */
  readonly names?: readonly string[]
  /** Origins of other web pages that may call. */
  readonly corsOrigins?: readonly string[]
  /** How slowly bodies may come; absent: as slowly as they like. */
  readonly pace?: BodyPace
}

/**
 * Settles who the client is, and turns away whom we do not answer.
 *
 * @throws {Problem} 421 HOST_NOT_ALLOWED, 403 PROXY_REQUIRED
 */
export function admitClients({ trust, proxiesOnly = false, names = [] }: Network): MiddlewareHandler<AppEnv> {
  const isOurs = createHostCheck(names)
  const isNear = (address: string): boolean =>
    trust?.isTrusted(address) === true || isLoopback(plainAddress(address) ?? '')
  return async (c, next) => {
    const connection = c.env?.connection
    const client = findClient(c.req.raw.headers, connection, trust)
    c.set('client', client)
    if (proxiesOnly && connection && !isNear(connection.address)) {
      throw new Problem(403, 'PROXY_REQUIRED', 'This server is to be reached by its proxy, which speaks TLS.')
    }
    if (!isOurs(client.host)) {
      throw new Problem(
        421,
        'HOST_NOT_ALLOWED',
        'This server has another name; ALLOWED_HOSTS lists those it has.',
      )
    }
    await next()
  }
}
