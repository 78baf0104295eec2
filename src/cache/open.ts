/** The cache of a server: memory, PostgreSQL and, where it is configured, Redis; invalidations over PostgreSQL. */

import type { HostConfig } from '../config/schema.ts'
import type { DatabaseConnection } from '../database/connection.ts'
import { EXIT, Failure, messageOf } from '../exit.ts'
import type { Logger } from '../observe/log.ts'
import { within } from '../within.ts'
import { createPostgresInvalidation, type PostgresInvalidation } from './invalidation/postgres.ts'
import { isPhase, PHASE_RULES, type Phase } from './phases.ts'
import { type CacheState, createCacheState } from './state.ts'
import { type CacheSystem, createCacheSystem } from './system.ts'
import { createPostgresTier } from './tiers/postgres.ts'
import { createRedisTier, type RedisTier } from './tiers/redis.ts'

/** Longest that a start waits until invalidations are heard; without them, the cache stands aside. */
const READY_MS = 3000

/** What nodes tell each other when the phase changes. */
export const phaseMessage = (phase: Phase): string => `phase:${phase}`

/**
 * The Redis tier of the settings; undefined where none is set.
 *
 * @throws {Failure} when the URL is malformed
 */
export function openRedisTier(host: HostConfig, log: Logger): RedisTier | undefined {
  if (host.redisUrl === undefined) return undefined
  try {
    return createRedisTier({
      url: host.redisUrl,
      tls: { caFile: host.redisCaFile, certFile: host.redisCertFile, keyFile: host.redisKeyFile },
      sentinelUser: host.redisSentinelUser,
      sentinelPassword: host.redisSentinelPassword,
      deadlineMs: host.redisDeadlineMs,
      onChange: ({ breaker, lastFailure }) =>
        log[breaker === 'closed' ? 'info' : 'warn'](
          { breaker, reason: lastFailure?.message },
          'cache: Redis',
        ),
    })
  } catch (error) {
    throw new Failure(EXIT.badConfiguration, `REDIS_URL: ${messageOf(error)}`, { cause: error })
  }
}

/** The phase in force: what was migrated to, else what is set, else what there is to cache in. */
export async function currentPhase(state: CacheState, host: HostConfig): Promise<Phase> {
  const stored = await state.phase()
  return stored ?? host.cachePhase ?? (host.redisUrl === undefined ? 'database' : 'dual-write')
}

/** Follows the phase that others set: as they say so, and after a time in which nothing was heard. */
function followPhase(
  system: CacheSystem,
  invalidation: PostgresInvalidation,
  state: CacheState,
  host: HostConfig,
  log: Logger,
): void {
  const set = (phase: Phase): void => {
    if (system.phase() === phase) return
    log.info({ phase }, 'cache: the phase has changed')
    system.setPhase(phase)
    if (PHASE_RULES[phase].reads.includes('redis') && !system.tier('redis')) {
      log.warn({ phase }, 'cache: this node has no REDIS_URL, so it shares nothing in this phase')
    }
  }
  invalidation.onMessage((text) => {
    const [kind, phase] = text.split(':')
    if (kind === 'phase' && isPhase(phase)) set(phase)
  })
  invalidation.onTrust((trusted) => {
    if (trusted) system.track(currentPhase(state, host).then(set))
  })
}

/**
 * Opens the cache on a migrated database. Redis need not be there yet.
 *
 * @throws {Failure} when a phase takes Redis and none is set
 */
export async function openCache(options: {
  readonly database: DatabaseConnection
  readonly host: HostConfig
  readonly log: Logger
}): Promise<CacheSystem> {
  const { database, host, log } = options
  const state = createCacheState(database.db)
  const phase = await currentPhase(state, host)
  if (PHASE_RULES[phase].reads.includes('redis') && host.redisUrl === undefined) {
    throw new Failure(
      EXIT.badConfiguration,
      `the cache is in phase ${phase}, which takes Redis: set REDIS_URL, or run \`myoserve cache migrate --to database\``,
    )
  }
  const redis = openRedisTier(host, log)
  const invalidation = createPostgresInvalidation({ database, log })
  const system = createCacheSystem({
    memoryBytes: host.cacheMemory,
    tiers: { postgres: createPostgresTier({ database }), ...(redis ? { redis } : {}) },
    phase,
    invalidation,
    secret: await state.secret(),
    log,
  })
  followPhase(system, invalidation, state, host, log)
  await within(invalidation.ready(), READY_MS)
  return system
}
