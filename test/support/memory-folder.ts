/** A folder for temporary files in memory, where the machine has enough of it. */
import { chmodSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { freemem, tmpdir } from 'node:os'
import { join } from 'node:path'

const MEMORY = '/dev/shm'
/** `f_type` of a tmpfs. */
const TMPFS = 0x01021994

/** The tests fill about 1 GiB of it at once. */
const ROOM_BYTES = 4 * 2 ** 30
/** What has to be left to them and to others. */
const MEMORY_BYTES = 2 * ROOM_BYTES

function hasRoom(): boolean {
  try {
    const { type, bavail, bsize } = statfsSync(MEMORY)
    const limit = process.constrainedMemory() || Number.POSITIVE_INFINITY
    return type === TMPFS && bavail * bsize >= ROOM_BYTES && Math.min(freemem(), limit) >= MEMORY_BYTES
  } catch {
    return false
  }
}

/** Whether programs may be started in a folder; that of shared memory is often mounted without. */
function runsPrograms(folder: string): boolean {
  const program = join(folder, 'program')
  writeFileSync(program, '#!/bin/sh\n', { mode: 0o755 })
  try {
    return Bun.spawnSync([program]).exitCode === 0
  } catch {
    return false
  } finally {
    rmSync(program)
  }
}

/**
 * Makes a folder for the temporary files of all tests: a PostgreSQL that is unpacked and initialised on a disk waits for
 * the disk most of the time, and no test cuts the power.
 *
 * @returns its path; below the system's folder of temporary files where memory is short or starts no programs
 */
export function makeTestFolder(): string {
  const inMemory = hasRoom() ? mkdtempSync(join(MEMORY, 'myoserve-')) : undefined
  if (inMemory && runsPrograms(inMemory)) {
    // As root, PostgreSQL runs under another user, who has to pass through.
    chmodSync(inMemory, 0o711)
    return inMemory
  }
  if (inMemory) rmSync(inMemory, { recursive: true })
  const folder = mkdtempSync(join(tmpdir(), 'myoserve-tests-'))
  chmodSync(folder, 0o711)
  return folder
}
