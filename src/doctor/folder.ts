/** Examines the data folder: that it is there, can be written, is nobody else's, has room, and holds no leftovers. */
import { constants } from 'node:fs'
import { access, readdir, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf } from '../exit.ts'
import type { Finding } from '../plugin/examination.ts'
import type { DataFolder } from '../storage/data-folder.ts'
import { lockState } from '../storage/lock.ts'
import { fault, ok, warning } from './finding.ts'

const GIB = 2 ** 30

/** Under this, an upload of the usual largest size does not fit, and PostgreSQL may stop. */
const LEAST_FREE_BYTES = GIB
const FEW_FREE_BYTES = 5 * GIB

/** Nothing that goes well stays in tmp for so long. */
const LEFT_OVER_MS = 86_400_000

const isWindows = process.platform === 'win32'

/** Rooms that hold what is of no concern to other users of the machine. As root, PostgreSQL's is another user's. */
const PRIVATE = ['recordings', 'plugins', 'audit', 'keys', 'tmp'] as const

/** That every room is there and can be written, and that no other user of the machine may read it. */
export async function examineFolder(folder: DataFolder): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const path of [folder.root, ...PRIVATE.map((name) => folder[name])]) {
    const error = await access(path, constants.R_OK | constants.W_OK | constants.X_OK).catch(
      (cause: unknown) => cause,
    )
    if (error === undefined || error === null) continue
    findings.push(
      (error as NodeJS.ErrnoException).code === 'ENOENT'
        ? warning(`${path} is missing.`, 'myoserve serve')
        : fault(`${path} cannot be read and written: ${messageOf(error)}.`, `ls -ld '${path}'`),
    )
  }
  for (const name of isWindows ? [] : PRIVATE) {
    const info = await stat(folder[name]).catch(() => undefined)
    if (!info || (info.mode & 0o077) === 0) continue
    const sentence = `${folder[name]} is open to other users of this machine (mode ${(info.mode & 0o777).toString(8)}).`
    findings.push((name === 'keys' ? fault : warning)(sentence, `chmod 700 '${folder[name]}'`))
  }
  return findings.length > 0
    ? findings
    : [ok(`The data folder ${folder.root} can be written, and its rooms are its user’s alone.`)]
}

const gib = (bytes: number): string => `${(bytes / GIB).toFixed(1)} GiB`

/** That there is room on its disk. */
export async function examineSpace({ root }: DataFolder): Promise<Finding[]> {
  const { bavail, bsize, blocks, files, ffree } = await statfs(root)
  const free = bavail * bsize
  const sentence = `${gib(free)} of ${gib(blocks * bsize)} are free where ${root} is.`
  const findings = [
    free < LEAST_FREE_BYTES
      ? fault(sentence, `df -h '${root}'`)
      : free < FEW_FREE_BYTES
        ? warning(sentence, `df -h '${root}'`)
        : ok(sentence),
  ]
  // Some file systems have no such bound, and say 0.
  if (files > 0 && ffree < files / 100) {
    findings.push(warning(`Few files can be made any more where ${root} is: ${ffree}.`, `df -i '${root}'`))
  }
  return findings
}

/** Who uses the data folder. */
export async function examineLock(folder: DataFolder): Promise<Finding[]> {
  const { held, holder } = await lockState(folder)
  const who = holder?.pid === undefined ? 'a process' : `process ${holder.pid}`
  const since = holder?.since === undefined ? '' : ` since ${holder.since}`
  if (held) return [ok(`The data folder is in use by ${who}${since}.`)]
  return holder
    ? [warning(`No server is running: ${who}, which ran${since}, did not end in order.`, 'myoserve serve')]
    : [ok('No server is running on the data folder.')]
}

/** Uploads that were broken off, and that nobody has cleared away. */
export async function examineLeftovers({ tmp }: DataFolder, now: number): Promise<Finding[]> {
  const names = await readdir(tmp).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const infos = await Promise.all(names.map((name) => stat(join(tmp, name)).catch(() => undefined)))
  const old = infos.filter((info) => info && now - info.mtimeMs > LEFT_OVER_MS)
  if (old.length === 0) return [ok(`No half-written file has been left in ${tmp}.`)]
  const [bytes, count] = [old.reduce((sum, info) => sum + (info?.size ?? 0), 0), old.length]
  return [
    warning(
      `${count} half-written ${count === 1 ? 'file is' : 'files are'} left in ${tmp} for more than a day, ${gib(bytes)} in all; the next start of the server removes them.`,
      'myoserve serve',
    ),
  ]
}
