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

/**
 * Share of a worker's limit that its collector takes for the memory of the machine. By itself that lets a heap grow to
 * twice what is alive in it as long as this is little beside all memory there is, whatever the limit: a worker was ended for
 * garbage. So a heap grows to twice its size below a sixteenth of the limit, by a half up to an eighth, then by a quarter. A
 * larger share costs less time, and a worker its life: what the allocator has not given back counts against the limit too.
 *
 * @see https://github.com/WebKit/WebKit/blob/main/Source/JavaScriptCore/heap/Heap.cpp, proportionalHeapSize
 */
const HEAP_SHARE = 0.25

/**
 * @param memoryBytes that it may have resident
 * @throws {TaskCrash} where it cannot be started at all
 */
export function launch(
  [program = '', ...args]: readonly string[],
  birth: Birth,
  memoryBytes: number,
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
        BUN_JSC_forceRAMSize: `${Math.floor(memoryBytes * HEAP_SHARE)}`,
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
