/** A running PostgreSQL, known by the postmaster.pid of its cluster. */
import { readFileSync, readlinkSync, realpathSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'

/** What postmaster.pid says. @see src/include/utils/pidfile.h of PostgreSQL for its lines */
export interface Postmaster {
  readonly pid: number
  readonly port: number
  /** Folder of the unix socket; empty where it listens on loopback. */
  readonly socketFolder: string
}

/** A process that ended and that nobody has asked after; in a container there may be no init that would. */
function isZombie(pid: number): boolean {
  if (process.platform !== 'linux') return false
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

/** Whether a process of this number runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !isZombie(pid)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Process numbers are used again: a postmaster stands in the folder of its cluster. */
function servesCluster(pid: number, cluster: string): boolean {
  if (process.platform === 'linux') {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster)
    } catch {
      return false
    }
  }
  if (process.platform === 'win32') return isAlive(pid)
  const { stdout } = Bun.spawnSync(['ps', '-o', 'command=', '-p', String(pid)])
  return stdout.toString().includes(cluster)
}

/** The postmaster that runs on a cluster, be it starting up; undefined when there is none. */
export function findPostmaster(cluster: string): Postmaster | undefined {
  let lines: string[]
  try {
    lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return undefined
  }
  const [pid, , , port, socketFolder] = lines
  if (!Number(pid) || !servesCluster(Number(pid), cluster)) return undefined
  return { pid: Number(pid), port: Number(port) || 0, socketFolder: socketFolder ?? '' }
}

/** Removes a postmaster.pid that nobody stands behind: its number may be another program's by now. */
export async function removeStalePidFile(cluster: string): Promise<void> {
  if (!findPostmaster(cluster)) await rm(join(cluster, 'postmaster.pid'), { force: true })
}

/** Resolves when the process is gone, or with false after `timeoutMs`. */
export async function waitForEnd(pid: number, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false
    await Bun.sleep(10)
  }
  return true
}

/** Shuts a postmaster down: fast, then at once, then by force. @see PostgreSQL manual, 18.5 */
export async function stopPostmaster(pid: number): Promise<void> {
  for (const [signal, patience] of [
    ['SIGINT', 15_000],
    ['SIGQUIT', 5000],
    ['SIGKILL', 5000],
  ] as const) {
    try {
      process.kill(pid, signal)
    } catch {
      return
    }
    if (await waitForEnd(pid, patience)) return
  }
}
