/** Finds redis-server on this machine, or installs it where that takes no asking. */
import { aptInstall } from './apt.ts'

/** Null where it is missing: tests that need it are skipped, and say so in their names. */
export const REDIS_SERVER: string | null = Bun.which('redis-server')

/** To be put behind the name of a test that needs {@link REDIS_SERVER}. */
export const redisNote = REDIS_SERVER ? '' : ' (skipped: redis-server is not installed)'

/**
 * Installs redis-server as root on Debian and its kin, unless it is there. Its service is not started.
 *
 * @returns whether it is there now
 */
export async function installRedisServer(): Promise<boolean> {
  if (REDIS_SERVER) return true
  return (await aptInstall(['redis-server'], 120_000)) && Bun.which('redis-server') !== null
}
