/** Opens what REDIS_URL names: a server, the master that sentinels name, or a Cluster. */

import type { BreakerOptions } from '../breaker.ts'
import { parseRedisUrl } from './address.ts'
import { openCluster } from './cluster.ts'
import type { RedisTls } from './link.ts'
import { createMasterFinder } from './sentinel.ts'
import { openServer, type ServerOptions } from './server.ts'
import type { Topology } from './topology.ts'

/** What is set of Redis. */
export interface RedisOptions {
  /** See {@link parseRedisUrl} for its forms. */
  readonly url: string
  /** Heeded by `rediss` URLs only. */
  readonly tls?: RedisTls | undefined
  /** Sentinels are greeted without a password where these are absent. */
  readonly sentinelUser?: string | undefined
  readonly sentinelPassword?: string | undefined
  /** Every call ends within this: {@link DEFAULT_DEADLINE_MS} when absent. */
  readonly deadlineMs?: number | undefined
}

export const DEFAULT_DEADLINE_MS = 100

/** Told of what becomes of the servers; the breaker's clock and waits are for tests. */
export interface TopologyEvents {
  readonly onChange?: (() => void) | undefined
  readonly breaker?: Partial<BreakerOptions> | undefined
}

/**
 * Opens what a URL names. Never waits: none of it need be there yet.
 *
 * @throws {RangeError} when the URL is malformed
 */
export function openTopology(options: RedisOptions, events: TopologyEvents = {}): Topology {
  const { kind, tls, hosts, master, user, password, database } = parseRedisUrl(options.url)
  const files = tls ? (options.tls ?? {}) : null
  const access = { tls: files, user, password, database }
  const serverOptions: ServerOptions = {
    deadlineMs: options.deadlineMs ?? DEFAULT_DEADLINE_MS,
    followsMaster: kind === 'sentinel',
    ...events,
  }
  if (kind === 'cluster') return openCluster(hosts, access, serverOptions)
  const only = hosts[0] as (typeof hosts)[number]
  const locate =
    kind === 'sentinel'
      ? createMasterFinder(hosts, master as string, {
          tls: files,
          user: options.sentinelUser ?? null,
          password: options.sentinelPassword ?? null,
        })
      : async () => only
  const server = openServer({ ...access, locate }, serverOptions)
  const servers = new Map([['only', server]])
  return {
    call: (_, commands, callOptions) => server.call(commands, callOptions),
    groups: (keys) => [{ slot: 0, indexes: keys.map((_, i) => i) }],
    slot: () => 0,
    isKnown: () => true,
    servers: () => servers,
    close: server.close,
  }
}
