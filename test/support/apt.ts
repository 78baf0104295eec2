/** Installs what tests need on Debian and its kin, where that takes no asking. */

/**
 * Installs packages by apt-get as root; nobody else is asked. Services among them are not started.
 *
 * @returns whether apt-get says that they are there now
 */
export async function aptInstall(packages: readonly string[], timeoutMs: number): Promise<boolean> {
  const apt = Bun.which('apt-get')
  if (!apt || process.getuid?.() !== 0) return false
  for (const args of [['update'], ['install', '--yes', '--no-install-recommends', ...packages]]) {
    const child = Bun.spawn([apt, '--quiet', '-o', 'Acquire::http::Timeout=10', ...args], {
      // RUNLEVEL=1 keeps invoke-rc.d(8) from starting what is installed.
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
      stdin: 'ignore',
      stdout: 'ignore',
      stderr: 'inherit',
      timeout: timeoutMs,
    })
    if ((await child.exited) !== 0) return false
  }
  return true
}
