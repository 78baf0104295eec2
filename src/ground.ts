/** What a server stands on: its data folder, which no other process has, and its database. */
import type { HostConfig } from './config/schema.ts'
import type { OpenDatabase } from './database/open.ts'
import type { Logger } from './observe/log.ts'
import type { DataFolder } from './storage/data-folder.ts'

export interface Ground extends AsyncDisposable {
  /**
   * Opens it at the first call, so that it can be begun before it is needed.
   *
   * @throws {Failure} with the exit code and sentence for the terminal
   */
  open(): Promise<{ readonly folder: DataFolder; readonly database: OpenDatabase }>
  /** Closes what was opened. */
  [Symbol.asyncDispose](): Promise<void>
}

async function openParts({ data, databaseUrl }: HostConfig, log: Logger, opened: AsyncDisposableStack) {
  // Most commands have no use for them.
  const [{ openDataFolder }, { acquireLock }, { openDatabase }] = await Promise.all([
    import('./storage/data-folder.ts'),
    import('./storage/lock.ts'),
    import('./database/open.ts'),
  ])
  const folder = await openDataFolder(data)
  opened.defer((await acquireLock(folder)).release)
  const database = await openDatabase({ databaseUrl, folder, log })
  opened.defer(database.close)
  return { folder, database }
}

export function createGround(config: HostConfig, log: Logger): Ground {
  const opened = new AsyncDisposableStack()
  let opening: ReturnType<typeof openParts> | undefined
  /** Whoever waits for it hears of its failure. */
  const settled = async (): Promise<void> => void (await opening?.catch(() => undefined))
  return {
    open() {
      opening ??= openParts(config, log, opened)
      void settled()
      return opening
    },
    async [Symbol.asyncDispose]() {
      await settled()
      await opened.disposeAsync()
    },
  }
}
