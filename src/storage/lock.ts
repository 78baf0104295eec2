/** One process a data folder. The lock ends with the process, however that ends. */
import { Database } from 'bun:sqlite'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { EXIT, Failure } from '../exit.ts'
import type { DataFolder } from './data-folder.ts'

export interface DataFolderLock {
  release(): Promise<void>
}

/** SQLite serves only as the file lock that every operating system has and that dies with its holder. */
function lockFile(path: string): Database | undefined {
  const file = new Database(path, { create: true })
  try {
    file.run('pragma busy_timeout = 0')
    file.run('begin exclusive')
    return file
  } catch (error) {
    file.close()
    if ((error as { code?: string }).code === 'SQLITE_BUSY') return undefined
    throw error
  }
}

/**
 * Takes the lock and empties `tmp`, where only a process that is gone can have left something.
 *
 * @throws {Failure} 69 when another process has it, naming its pid
 */
export async function acquireLock(folder: DataFolder): Promise<DataFolderLock> {
  const holder = join(folder.root, 'process.json')
  const file = lockFile(join(folder.root, 'lock'))
  if (!file) {
    const pid = await readFile(holder, 'utf8').then(
      (text) => (JSON.parse(text) as { pid: number }).pid,
      () => undefined,
    )
    const who = pid === undefined ? 'Another Myoserve' : `Another Myoserve (process ${pid})`
    throw new Failure(
      EXIT.serviceMissing,
      `${who} is using the data folder ${folder.root}; stop it, or choose another folder with --data`,
    )
  }
  await writeFile(holder, `${JSON.stringify({ pid: process.pid, startedAt: new Date().toISOString() })}\n`)
  for (const name of await readdir(folder.tmp))
    await rm(join(folder.tmp, name), { recursive: true, force: true })
  return {
    async release() {
      await rm(holder, { force: true })
      file.close()
    },
  }
}
