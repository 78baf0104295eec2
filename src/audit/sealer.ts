/** Seals entries while a server runs, and keeps the anchor beside the chain. */
import type { Database } from '../database/connection.ts'
import { messageOf } from '../exit.ts'
import { isServiceFailure } from '../http/failures.ts'
import type { Logger } from '../observe/log.ts'
import { within } from '../within.ts'
import { type Anchor, anchorBreak, readAnchor, writeAnchor } from './anchor.ts'
import { sealAll } from './seal.ts'
import { chainState } from './statements.ts'

/** What other nodes have written, and could not seal, is looked for so often. */
const LOOK_MS = 1000

/** What was written here is gathered for so long. */
const GATHER_MS = 100

/** When a server stops, the database is waited for no longer; another node seals, or the next start. */
const LONGEST_END_MS = 3000

/** The head is said to the log so often, where it is another. */
const SAY_MS = 3_600_000

export interface Sealer {
  /** Called when entries were written here. */
  wake(): void
  /** Entries sealed by this process. */
  sealed(): number
  /** Age of the oldest entry that was not sealed when it was looked last, in ms. */
  lagMs(): number
  /** Why the chain is not whole, as far as its newest known place tells. */
  broken(): string | undefined
  /** Seals what is left, if the database is there. */
  close(): Promise<void>
}

export async function startSealer({
  db,
  folder,
  log,
}: {
  readonly db: Database
  /** Of the anchor. */
  readonly folder: string
  readonly log: Logger
}): Promise<Sealer> {
  let anchor: Anchor | undefined
  let said: { readonly seq: number; readonly at: number } | undefined
  let broken: string | undefined
  try {
    anchor = await readAnchor(folder)
  } catch (error) {
    broken = messageOf(error)
    log.error({ reason: broken }, 'audit: there is no anchor')
  }
  const isLost = broken !== undefined
  let sealed = 0
  let lagMs = 0
  let closed = false

  function say(now: number, always: boolean): void {
    if (!anchor || said?.seq === anchor.seq) return
    if (!always && said && now - said.at < SAY_MS) return
    log.info({ seq: anchor.seq, hash: anchor.hash }, 'audit: head of the chain')
    said = { seq: anchor.seq, at: now }
  }

  /** It goes forward from a place that still is as it was, and from no other. */
  async function advance(head: Anchor): Promise<void> {
    // One that cannot be read may have stood further on.
    if (isLost || (anchor?.seq === head.seq && anchor.hash === head.hash)) return
    const wrong = anchor && (await anchorBreak(db, anchor))
    if (wrong !== undefined && broken === undefined)
      log.error({ reason: wrong }, 'audit: the chain is broken')
    broken = wrong
    if (wrong !== undefined) return
    await writeAnchor(folder, head)
    anchor = head
  }

  async function look(): Promise<void> {
    try {
      let state = await chainState(db)
      lagMs = state.oldestUnsealed === null ? 0 : Math.max(0, Date.now() - state.oldestUnsealed)
      if (state.oldestUnsealed !== null) {
        sealed += await sealAll(db)
        state = await chainState(db)
      }
      if (state.hash !== null) await advance({ seq: state.seq, hash: state.hash })
      say(Date.now(), closed)
    } catch (error) {
      // The carrier says that the database is away, and it is looked again.
      if (!isServiceFailure(error)) log.error({ err: error }, 'audit: entries could not be sealed')
    }
  }

  let looking: Promise<void> | undefined
  let isWanted = false
  let timer: { readonly at: number; readonly handle: ReturnType<typeof setTimeout> } | undefined
  function plan(ms: number): void {
    const at = performance.now() + ms
    if (closed || (timer && timer.at <= at)) return
    clearTimeout(timer?.handle)
    timer = { at, handle: setTimeout(run, ms) }
  }
  function run(): void {
    timer = undefined
    isWanted = true
    looking ??= (async () => {
      while (isWanted) {
        isWanted = false
        await look()
      }
      looking = undefined
      plan(LOOK_MS)
    })()
  }
  plan(0)

  return {
    wake: () => plan(GATHER_MS),
    sealed: () => sealed,
    lagMs: () => lagMs,
    broken: () => broken,
    async close() {
      closed = true
      clearTimeout(timer?.handle)
      const end = async (): Promise<void> => {
        await looking
        await look()
      }
      await within(end(), LONGEST_END_MS)
    },
  }
}
