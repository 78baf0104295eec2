/** Takes in what is put into a folder: each file once, when it is whole. */
import { createReadStream } from 'node:fs'
import { access, constants } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { BlobTooLarge, isProblem, type Logger, messageOf, SYSTEM } from '../../../src/sdk.ts'
import { isUnreadable } from '../../c3d-reader/index.ts'
import type { Intake } from '../accept.ts'
import { fileAsDone, fileAsFailed } from './file-away.ts'
import { type SeenFile, scan } from './scan.ts'
import { createSettling } from './settle.ts'

/** How often the folder is looked at, at the least. Asking beats being told: network shares tell nobody. */
const LONGEST_INTERVAL_MS = 1000

/** What a watched folder has come to since the start. */
export interface FolderState {
  done: number
  failed: number
  /** Why nothing can be taken in now; undefined where it can. */
  trouble?: string | undefined
}

/** A folder that is watched. */
export interface FolderWatch {
  readonly state: Readonly<FolderState>
  /** Ends it, after the file at hand. */
  stop(): Promise<void>
}

export interface FolderOptions {
  readonly folder: string
  readonly settleMs: number
  /** Ends of file names of recordings, as of now. */
  extensions(): readonly string[]
  readonly intake: Intake
  readonly log: Logger
}

/** What is wrong with the file itself; undefined for what may pass, such as a database that is away. */
function fault(error: unknown): { readonly code: string; readonly reason: string } | undefined {
  if (isUnreadable(error)) return { code: error.code, reason: messageOf(error) }
  if (error instanceof BlobTooLarge) {
    return { code: 'RECORDING_TOO_LARGE', reason: `A recording may have up to ${error.maxBytes} bytes.` }
  }
  return isProblem(error) && error.status < 500 ? { code: error.code, reason: messageOf(error) } : undefined
}

/**
 * Begins to watch. A file that was taken in and not moved away, since the server died in between, is taken in again,
 * which changes nothing, and moved.
 *
 * @throws {Error} where the folder is not there, or cannot be written
 */
export async function watchFolder(options: FolderOptions): Promise<FolderWatch> {
  const { folder, settleMs, extensions, intake, log } = options
  await access(folder, constants.R_OK | constants.W_OK)
  const state: FolderState = { done: 0, failed: 0 }
  const settling = createSettling(settleMs)
  const stopping = new AbortController()
  let running = true

  async function take({ path }: SeenFile): Promise<void> {
    try {
      const { row, session } = await intake.accept({
        by: SYSTEM,
        bytes: createReadStream(join(folder, path)),
        path,
      })
      await fileAsDone(folder, path)
      state.done++
      log.info({ recordingId: row.id, sessionId: session?.id }, 'taken in from the watched folder')
    } catch (error) {
      const found = fault(error)
      if (!found) throw error
      await fileAsFailed(folder, path, found.code, found.reason)
      state.failed++
      log.warn({ code: found.code }, 'a file of the watched folder cannot be taken in')
    }
  }

  async function look(): Promise<void> {
    const files = settling.settled(await scan(folder, extensions()), Date.now())
    const errors: unknown[] = []
    for (const file of files) {
      if (!running) return
      // What stands in the way of one file may not stand in that of the next.
      await take(file).catch((error: unknown) => void errors.push(error))
    }
    if (errors.length > 0) throw errors[0]
  }

  async function run(): Promise<void> {
    while (running) {
      try {
        await look()
        if (state.trouble !== undefined) log.info('the watched folder can be taken in again')
        state.trouble = undefined
      } catch (error) {
        const trouble = messageOf(error)
        if (trouble !== state.trouble) log.error({ err: error }, 'the watched folder cannot be taken in')
        state.trouble = trouble
      }
      const interval = Math.min(LONGEST_INTERVAL_MS, settleMs)
      await sleep(interval, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }

  const ended = run()
  return {
    state,
    async stop() {
      running = false
      stopping.abort()
      await ended
    },
  }
}
