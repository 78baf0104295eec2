/** Who PostgreSQL runs as, and where: it refuses root, so root gives its privileges up. */
import { constants } from 'node:fs'
import { access, chown, lchown, lstat, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { EXIT, Failure } from '../../exit.ts'
import type { DataFolder } from '../../storage/data-folder.ts'

/** How a child gets its identity. */
export type Identity =
  /** Ours: we are not root. */
  | { readonly kind: 'self' }
  /** An unprivileged user of the system, who owns the cluster. */
  | { readonly kind: 'user'; readonly uid: number; readonly gid: number }
  /** Still us, but without privileges and under another number, in a user namespace. */
  | { readonly kind: 'namespace'; readonly uid: number; readonly gid: number }

/** Where PostgreSQL keeps its runtime, cluster, socket and logs, and who owns that. */
export interface Residence {
  readonly home: string
  readonly identity: Identity
}

/** What this machine can do; tests bring their own. */
export interface Machine {
  readonly root: boolean
  /** Whether `unshare` may make a user namespace here. */
  canUnshare(uid: number, gid: number): boolean
  /** Folder that everybody may pass through, for clusters that cannot stay in their data folder. */
  readonly clusters: string
}

export const thisMachine: Machine = {
  root: process.getuid?.() === 0,
  canUnshare(uid, gid) {
    if (!Bun.which('unshare')) return false
    const probe = ['unshare', '--user', `--map-user=${uid}`, `--map-group=${gid}`, 'true']
    return Bun.spawnSync(probe, { stdout: 'ignore', stderr: 'ignore' }).exitCode === 0
  },
  clusters: '/var/lib/myoserve-clusters',
}

/** initdb wants a user whom the system knows by name. */
async function unprivilegedUser(): Promise<{ uid: number; gid: number } | undefined> {
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'))
  const found = ['myoserve', 'postgres', 'nobody']
    .map((name) => lines.find(([user]) => user === name))
    .find((line) => line !== undefined && Number(line[2]) > 0)
  return found && { uid: Number(found[2]), gid: Number(found[3]) }
}

/** Whether a user without privileges may pass through every folder above `path`. */
async function isReachable(path: string, uid: number): Promise<boolean> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const info = await stat(folder)
    if ((info.mode & (info.uid === uid ? constants.S_IXUSR : constants.S_IXOTH)) === 0) return false
    if (folder === dirname(folder)) return true
  }
}

/** The cluster's home outside the data folder, as noted in it. */
async function relocatedHome(folder: DataFolder): Promise<string | undefined> {
  return readFile(join(folder.postgres, 'location'), 'utf8').then(
    (text) => text.trim(),
    () => undefined,
  )
}

async function relocate(folder: DataFolder, machine: Machine, uid: number): Promise<string | undefined> {
  try {
    await mkdir(machine.clusters, { recursive: true, mode: 0o711 })
    if (!(await isReachable(join(machine.clusters, 'x'), uid))) return undefined
    const home = join(machine.clusters, crypto.randomUUID())
    await mkdir(home, { mode: 0o700 })
    await writeFile(join(folder.postgres, 'location'), `${home}\n`, { mode: 0o600, flag: 'wx' })
    return home
  } catch {
    return undefined
  }
}

/**
 * Decides where PostgreSQL lives and as whom it runs: in the data folder where that can be; as an
 * unprivileged user where that one can reach it; else in a user namespace; else, before there is a
 * cluster, in a folder of its own that the data folder points to.
 *
 * @throws {Failure} 78 when none of this is possible
 */
export async function findResidence(folder: DataFolder, machine: Machine = thisMachine): Promise<Residence> {
  const home = (await relocatedHome(folder)) ?? folder.postgres
  if (!machine.root) return { home, identity: { kind: 'self' } }
  const user = await unprivilegedUser()
  if (!user)
    throw new Failure(
      EXIT.badConfiguration,
      'PostgreSQL refuses to run as root, and /etc/passwd has no user nobody',
    )
  if (await isReachable(home, user.uid)) return { home, identity: { kind: 'user', ...user } }
  if ((await isReachable(home, 0)) && machine.canUnshare(user.uid, user.gid)) {
    return { home, identity: { kind: 'namespace', ...user } }
  }
  const present = await access(join(home, 'cluster')).then(
    () => true,
    () => false,
  )
  const moved = present ? undefined : await relocate(folder, machine, user.uid)
  if (moved) return { home: moved, identity: { kind: 'user', ...user } }
  throw new Failure(
    EXIT.badConfiguration,
    `PostgreSQL refuses to run as root, and no other user can reach ${home}; choose a data folder that others may pass through with --data`,
  )
}

const ownerOf = (identity: Identity): { uid: number; gid: number } | undefined => {
  if (identity.kind === 'self') return undefined
  return identity.kind === 'user' ? identity : { uid: 0, gid: 0 }
}

/** Gives a file or folder, with all it holds, to whom PostgreSQL runs as; the top last, as the mark that all is done. */
async function giveAll(path: string, uid: number, gid: number): Promise<void> {
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const full = join(path, entry.name)
    if (entry.isDirectory()) await giveAll(full, uid, gid)
    else await lchown(full, uid, gid)
  }
  await chown(path, uid, gid)
}

/** Makes PostgreSQL's user own its home; a cluster that ran under another identity changes hands. */
export async function ownHome({ home, identity }: Residence): Promise<void> {
  const owner = ownerOf(identity)
  if (!owner || (await lstat(home)).uid === owner.uid) return
  await giveAll(home, owner.uid, owner.gid)
}

/** Gives one new folder or file to whom PostgreSQL runs as. */
export async function own(path: string, identity: Identity): Promise<void> {
  const owner = ownerOf(identity)
  if (owner) await chown(path, owner.uid, owner.gid)
}

/** The command line and options that start a program under an identity. */
export function runAs(
  identity: Identity,
  command: readonly string[],
): { cmd: string[]; options: { uid?: number; gid?: number } } {
  if (identity.kind === 'self') return { cmd: [...command], options: {} }
  const { uid, gid } = identity
  if (identity.kind === 'user') return { cmd: [...command], options: { uid, gid } }
  return { cmd: ['unshare', '--user', `--map-user=${uid}`, `--map-group=${gid}`, ...command], options: {} }
}
