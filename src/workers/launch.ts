/** Starts the program as a worker, with a channel to it and a file of marks. */
import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { messageOf } from '../exit.ts'
import { TaskCrash } from './errors.ts'
import { MARKS_BYTES } from './marks.ts'
import { BIRTH, type Birth, type FromWorker } from './protocol.ts'

const cannot = (cause: unknown): TaskCrash =>
  new TaskCrash(`no worker can be started: ${messageOf(cause)}`, { cause })

/** The file that a worker writes its marks into. */
export interface MarksFile {
  readonly path: string
  readonly fd: number
  /** Takes its name away: who has it open keeps it. */
  unlink(): void
  close(): void
}

/** Files that still have their names. */
const named = new Set<string>()
let isTidied = false

const forget = (path: string): void => {
  named.delete(path)
  rmSync(path, { force: true })
}

/** @throws {TaskCrash} where there is no room for it */
export function createMarksFile(): MarksFile {
  if (!isTidied) process.once('exit', () => named.forEach(forget))
  isTidied = true
  const path = join(tmpdir(), `myoserve-marks-${process.pid}-${crypto.randomUUID()}`)
  const unlink = (): void => forget(path)
  named.add(path)
  try {
    // Written out, not only sized: storing to a page that the disk has no room for would end the worker.
    writeFileSync(path, new Uint8Array(MARKS_BYTES), { mode: 0o600, flag: 'wx' })
    const fd = openSync(path, 'r')
    return { path, fd, unlink, close: () => closeSync(fd) }
  } catch (cause) {
    unlink()
    throw cannot(cause)
  }
}

/** @throws {TaskCrash} where it cannot be started at all */
export function launch(
  [program = '', ...args]: readonly string[],
  birth: Birth,
  events: {
    ipc(message: FromWorker): void
    onExit(child: unknown, code: number | null, signal: number | null): void
  },
) {
  try {
    return Bun.spawn([program, ...args], {
      ...events,
      env: {
        ...process.env,
        [BIRTH]: JSON.stringify(birth),
        // Has Bun end it with its parent, even where its code never comes back to hear of that.
        BUN_FEATURE_FLAG_NO_ORPHANS: '1',
      },
      stdin: 'ignore',
      // Standard output is the parent's own: what a plugin writes there must not get into a report, nor fill a pipe.
      stdout: 'ignore',
      stderr: 'inherit',
      serialization: 'advanced',
    })
  } catch (cause) {
    throw cannot(cause)
  }
}
