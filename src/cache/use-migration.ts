/** A migration of the cache with everything it takes, opened for its time. */
import type { HostConfig } from '../config/schema.ts'
import type { DatabaseConnection } from '../database/connection.ts'
import { EXIT, Failure } from '../exit.ts'
import type { Logger } from '../observe/log.ts'
import { createPostgresInvalidation } from './invalidation/postgres.ts'
import { MigrationRefused, type MigrationReport, migrateCache } from './migrate.ts'
import { currentPhase, openRedisTier, phaseMessage } from './open.ts'
import type { Phase } from './phases.ts'
import { createCacheState } from './state.ts'
import { createPostgresTier } from './tiers/postgres.ts'
import { isTierFailure } from './tiers/tier.ts'

/**
 * Migrates the cache of a database, whether or not servers run on it.
 *
 * @throws {Failure} when it cannot be, in a sentence
 */
export async function useMigration(options: {
  readonly database: DatabaseConnection
  readonly host: HostConfig
  readonly log: Logger
  readonly to: Phase
  readonly dryRun: boolean
  onStep?(seen: number): void
}): Promise<MigrationReport> {
  const { database, host, log, to, dryRun, onStep } = options
  await using opened = new AsyncDisposableStack()
  const state = createCacheState(database.db)
  const postgres = createPostgresTier({ database })
  opened.defer(postgres.close)
  const redis = openRedisTier(host, log)
  if (redis) opened.defer(redis.close)
  const invalidation = createPostgresInvalidation({ database, log })
  opened.defer(invalidation.close)
  await invalidation.ready()
  try {
    return await migrateCache({
      from: await currentPhase(state, host),
      to,
      dryRun,
      postgres,
      redis,
      state,
      announce: async (phase) => (await invalidation.broadcast(phaseMessage(phase))).settled(),
      ...(onStep ? { onStep } : {}),
    })
  } catch (error) {
    if (error instanceof MigrationRefused) throw new Failure(EXIT.usage, error.message, { cause: error })
    if (isTierFailure(error)) {
      throw new Failure(EXIT.serviceMissing, `${error.tier}: ${error.message}; run it again to go on`, {
        cause: error,
      })
    }
    throw error
  }
}
