/** The cluster: made once by initdb, with a generated password, and the settings it runs with. */
import { createHash } from 'node:crypto'
import { access, chmod, lstat, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EXIT, Failure } from '../../exit.ts'
import type { DataFolder } from '../../storage/data-folder.ts'
import { own, type Residence, runAs } from './identity.ts'

/** Its superuser, and the database of the product. */
export const USER = 'myoserve'
export const DATABASE = 'myoserve'

const MAJOR = '18'
/** sun_path holds 108 bytes with its closing NUL; the file is called .s.PGSQL.<port>. */
const LONGEST_SOCKET_FOLDER = 107 - '/.s.PGSQL.65535'.length

export const clusterOf = (home: string): string => join(home, 'cluster')

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

/** The password of the cluster's superuser: made where there is no cluster yet. */
export async function clusterPassword(folder: DataFolder, home: string): Promise<string> {
  const path = join(folder.keys, 'postgres-password')
  const found = await readFile(path, 'utf8').catch(() => undefined)
  if (found?.trim()) return found.trim()
  if (await exists(clusterOf(home))) {
    throw new Failure(
      EXIT.badConfiguration,
      `${path} is missing: without it the database cannot be opened; restore it`,
    )
  }
  const password = crypto.getRandomValues(new Uint8Array(24)).toBase64({ alphabet: 'base64url' })
  const file = await open(path, 'w', 0o600)
  try {
    await file.writeFile(`${password}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  return password
}

async function checkVersion(cluster: string): Promise<void> {
  const version = (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim()
  if (version === MAJOR) return
  throw new Failure(
    EXIT.badConfiguration,
    `the database in ${cluster} is of PostgreSQL ${version}, and this program has PostgreSQL ${MAJOR}; use the Myoserve that made it`,
  )
}

/**
 * Makes the cluster where there is none. It gets its name only when it is whole.
 *
 * @throws {Failure} 70 with what initdb said, 78 for a cluster of another major version
 */
export async function ensureCluster(
  residence: Residence,
  runtime: string,
  password: string,
): Promise<string> {
  const { home, identity } = residence
  const cluster = clusterOf(home)
  if (await exists(cluster)) {
    await checkVersion(cluster)
    return cluster
  }
  for (const name of await readdir(home)) {
    if (name.startsWith('cluster-')) await rm(join(home, name), { recursive: true, force: true })
  }
  const partial = join(home, `cluster-${crypto.randomUUID()}`)
  const secret = join(home, `cluster-${crypto.randomUUID()}.password`)
  await writeFile(secret, `${password}\n`, { mode: 0o600 })
  await own(secret, identity)
  const { cmd, options } = runAs(identity, [
    join(runtime, 'bin', 'initdb'),
    ...['--pgdata', partial, '--username', USER, '--pwfile', secret, '--auth', 'scram-sha-256'],
    ...['--encoding', 'UTF8', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8', '--locale', 'C'],
    '--data-checksums',
  ])
  const child = Bun.spawn(cmd, {
    ...options,
    cwd: home,
    env: {},
    stdin: 'ignore',
    stdout: 'ignore',
    stderr: 'pipe',
  })
  const [said, exitCode] = await Promise.all([new Response(child.stderr).text(), child.exited])
  await rm(secret, { force: true })
  if (exitCode !== 0) throw new Failure(EXIT.ourFault, `initdb failed with ${exitCode}: ${said.trim()}`)
  await rename(partial, cluster)
  return cluster
}

/** A folder for the socket that only PostgreSQL and root can enter, with a path short enough. */
export async function socketFolder({ home, identity }: Residence): Promise<string> {
  const inside = join(home, 'socket')
  const hash = createHash('sha256').update(home).digest('hex').slice(0, 16)
  const path =
    Buffer.byteLength(inside) <= LONGEST_SOCKET_FOLDER ? inside : join(tmpdir(), `myoserve-${hash}`)
  await mkdir(path, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  const info = await lstat(path)
  const trusted = [process.getuid?.(), identity.kind === 'user' ? identity.uid : undefined]
  if (!info.isDirectory() || !trusted.includes(info.uid)) {
    throw new Failure(EXIT.cannotWrite, `${path} belongs to somebody else; remove it`)
  }
  await chmod(path, 0o700)
  await own(path, identity)
  return path
}

/** A path as one element of a list setting. @see PostgreSQL manual, 19.1.1 */
const quoted = (path: string): string => `"${path.replaceAll('"', '""')}"`

/** The settings of a small server whose data must not be lost. `fsync` stays at its default, on. */
export const settings = (listen: { socket: string } | { port: number }, log: string): string[] =>
  Object.entries({
    ...('socket' in listen
      ? {
          listen_addresses: '',
          unix_socket_directories: quoted(listen.socket),
          unix_socket_permissions: '0700',
        }
      : { listen_addresses: '127.0.0.1', port: String(listen.port), unix_socket_directories: '' }),
    max_connections: '60',
    shared_buffers: '64MB',
    logging_collector: 'on',
    log_directory: log,
    // One file a weekday, overwritten after a week.
    log_filename: 'postgresql-%a.log',
    log_truncate_on_rotation: 'on',
    log_rotation_age: '1d',
    log_rotation_size: '0',
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
