/** Finds redis-server on this machine, or installs it where that takes no asking. */

/** Null where it is missing: tests that need it are skipped, and say so in their names. */
export const REDIS_SERVER: string | null = Bun.which('redis-server')

/** To be put behind the name of a test that needs {@link REDIS_SERVER}. */
export const redisNote = REDIS_SERVER ? '' : ' (skipped: redis-server is not installed)'

/**
 * Installs redis-server by apt-get as root on Debian and its kin, unless it is there. Its service is not started.
 *
 * @returns whether it is there now
 */
export async function installRedisServer(): Promise<boolean> {
  if (REDIS_SERVER) return true
  const apt = Bun.which('apt-get')
  if (!apt || process.getuid?.() !== 0) return false
  for (const args of [['update'], ['install', '--yes', '--no-install-recommends', 'redis-server']]) {
    const child = Bun.spawn([apt, '--quiet', '-o', 'Acquire::http::Timeout=10', ...args], {
      // RUNLEVEL=1 keeps invoke-rc.d(8) from starting what is installed.
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
      stdin: 'ignore',
      stdout: 'ignore',
      stderr: 'inherit',
      timeout: 120_000,
    })
    if ((await child.exited) !== 0) return false
  }
  return Bun.which('redis-server') !== null
}
