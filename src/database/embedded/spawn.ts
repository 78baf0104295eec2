/** Starts the postgres process of a cluster, so that it outlives us if we are killed. */
import { closeSync, openSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { EXIT, Failure } from '../../exit.ts'
import { settings, socketFolder } from './cluster.ts'
import { own, type Residence, runAs } from './identity.ts'
import { findPostmaster, removeStalePidFile } from './postmaster.ts'

/** Where it takes connections. */
export type Listen = { readonly socket: string } | { readonly port: number }

/** A unix socket; a free port of loopback where the system has no such sockets. */
export const chooseListen = async (residence: Residence): Promise<Listen> =>
  process.platform === 'win32' ? { port: await freePort() } : { socket: await socketFolder(residence) }

/** A port of loopback that nobody uses. */
async function freePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const server = createServer().once('error', reject)
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as { port: number }
    server.close(() => resolve(port))
  })
  return promise
}

/**
 * Resolves when the process has claimed the cluster; it may not take connections yet.
 *
 * @throws {Failure} 69 with the last line it said when it ends before that
 */
export async function spawnPostgres(
  residence: Residence,
  runtime: string,
  cluster: string,
  listen: Listen,
): Promise<void> {
  const { home, identity } = residence
  const log = join(home, 'log')
  await mkdir(log, { recursive: true, mode: 0o700 })
  await own(log, identity)
  await removeStalePidFile(cluster)
  const { cmd, options } = runAs(identity, [
    join(runtime, 'bin', 'postgres'),
    '-D',
    cluster,
    ...settings(listen, log),
  ])
  // What it says before its log collector runs. A file: a pipe would end with us, and it with the pipe.
  const said = join(log, 'start.log')
  const output = openSync(said, 'w', 0o600)
  let child: Bun.Subprocess
  try {
    // A session of its own keeps the terminal's Ctrl-C from it: we tell it when to stop.
    child = Bun.spawn(cmd, {
      ...options,
      cwd: home,
      env: {},
      detached: true,
      stdio: ['ignore', output, output],
    })
  } finally {
    closeSync(output)
  }
  child.unref()
  while (child.exitCode === null && child.signalCode === null) {
    if (findPostmaster(cluster)?.port) return
    await Bun.sleep(5)
  }
  const lines = (await readFile(said, 'utf8').catch(() => '')).trim().split('\n')
  const reason = lines.findLast((line) => /FATAL|ERROR|PANIC/.test(line)) ?? lines.at(-1)
  throw new Failure(EXIT.serviceMissing, `postgres ended at once: ${reason || `exit code ${child.exitCode}`}`)
}
