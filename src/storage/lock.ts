/** One process a data folder. The lock ends with the process, however that ends. */
import { Database } from 'bun:sqlite'
import { existsSync } from 'node:fs'
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

/** Who has the lock, as `process.json` says; a pid that is not known is undefined. */
export interface LockHolder {
  readonly pid: number | undefined
  /** When it took the lock. */
  readonly since: string | undefined
}

const readHolder = (folder: DataFolder): Promise<LockHolder | undefined> =>
  readFile(join(folder.root, 'process.json'), 'utf8').then(
    (text) => {
      const { pid, startedAt } = JSON.parse(text) as { pid: number; startedAt: string }
      return { pid, since: startedAt }
    },
    () => undefined,
  )

/** How the lock of a data folder stands. */
export interface LockState {
  readonly held: boolean
  /** Who has it; where it is free, who had it and did not end in order. */
  readonly holder: LockHolder | undefined
}

/** Looks at the lock without taking it. */
export async function lockState(folder: DataFolder): Promise<LockState> {
  const holder = await readHolder(folder)
  const path = join(folder.root, 'lock')
  if (!existsSync(path)) return { held: false, holder }
  const file = new Database(path, { readonly: true })
  try {
    file.run('pragma busy_timeout = 0')
    // A reader gets in unless somebody has it for himself.
    file.query('pragma schema_version').get()
    return { held: false, holder }
  } catch (error) {
    if ((error as { code?: string }).code !== 'SQLITE_BUSY') throw error
    return { held: true, holder: holder ?? { pid: undefined, since: undefined } }
  } finally {
    file.close()
  }
}

/**
 * Takes the lock and empties `tmp`, where only a process that is gone can have left something.
 *
 * @param options.keepTmp leaves `tmp` as it is, for whoever only looks
 * @throws {Failure} 69 when another process has it, naming its pid
 */
export async function acquireLock(
  folder: DataFolder,
  { keepTmp = false }: { readonly keepTmp?: boolean } = {},
): Promise<DataFolderLock> {
  const holder = join(folder.root, 'process.json')
  const file = lockFile(join(folder.root, 'lock'))
  if (!file) {
    const pid = (await readHolder(folder))?.pid
    const who = pid === undefined ? 'Another Myoserve' : `Another Myoserve (process ${pid})`
    throw new Failure(
      EXIT.serviceMissing,
      `${who} is using the data folder ${folder.root}; stop it, or choose another folder with --data`,
    )
  }
  await writeFile(holder, `${JSON.stringify({ pid: process.pid, startedAt: new Date().toISOString() })}\n`)
  if (!keepTmp) {
    for (const name of await readdir(folder.tmp))
      await rm(join(folder.tmp, name), { recursive: true, force: true })
  }
  return {
    async release() {
      await rm(holder, { force: true })
      file.close()
    },
  }
}
