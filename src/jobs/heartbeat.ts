/** Says that what a server runs is run, and finds out what of it is not its own any more, or is not run at all. */
import type { Database } from '../database/connection.ts'
import type { Logger } from '../observe/log.ts'
import { beat, handBack } from './statements.ts'
import type { QueueWorker } from './worker.ts'

/** How often it is said. */
const BEAT_MS = 5000

/** How often while it is not known what was claimed. */
const UNSURE_MS = 1000

export interface Heartbeat {
  /** A claim has failed, and may have been committed all the same: what is claimed must be compared. */
  hurry(): void
  stop(): void
}

export function createHeartbeat({
  db,
  node,
  workers,
  log,
}: {
  readonly db: Database
  readonly node: string
  readonly workers: () => readonly QueueWorker[]
  readonly log: Logger
}): Heartbeat {
  /** Claimed by us and not run, at the last beat. One that was being claimed then is run at the next. */
  let strays = new Set<string>()
  let unsure = false
  let last = performance.now()

  async function compare(): Promise<void> {
    const mine = workers().flatMap((worker) => [...worker.running()].map((run) => [worker, ...run] as const))
    if (mine.length === 0 && !unsure) return
    const wasUnsure = unsure
    unsure = false
    try {
      const claims = await beat(db, node)
      for (const [worker, id, run] of mine) if (!claims.has(run)) worker.lose(id)
      const run = new Set(workers().flatMap((worker) => [...worker.running().values()]))
      const found = [...claims].filter(([key]) => !run.has(key))
      for (const [key, claim] of found) {
        if (!strays.has(key)) continue
        await handBack(db, node, claim)
        log.warn(
          { queue: claim.queue, id: claim.id },
          'jobs: one that was claimed but not run is handed back',
        )
      }
      strays = new Set(found.map(([key]) => key))
      // Until nothing is found.
      unsure ||= found.length > 0
    } catch (error) {
      unsure ||= wasUnsure
      throw error
    }
  }

  const timer = setInterval(() => {
    if (!unsure && performance.now() - last < BEAT_MS) return
    last = performance.now()
    compare().catch((error: unknown) =>
      log.warn({ err: error }, 'jobs: this server could not say that it is there'),
    )
  }, UNSURE_MS)

  return {
    hurry() {
      unsure = true
    },
    stop: () => clearInterval(timer),
  }
}
