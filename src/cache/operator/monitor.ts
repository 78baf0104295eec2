/** Logs when the health of the cache changes, and only then. */
import type { Logger } from '../../observe/log.ts'
import type { CacheHealth, CheckStatus } from './health.ts'

/** A change counts when it is seen so often in a row: a figure at its threshold does not fill the log. */
const CONFIRMED = 2

interface Watch {
  logged: CheckStatus
  seen: CheckStatus
  times: number
}

/** Takes the health at regular times. */
export function createMonitor(log: Pick<Logger, 'info' | 'warn'>): (health: CacheHealth) => void {
  const watches = new Map<string, Watch>()
  return ({ checks }) => {
    for (const { id, status, value, threshold, reason } of checks) {
      // Too little to judge by says neither that it is well nor that it is not.
      if (status === 'unknown') continue
      const watch = watches.get(id) ?? { logged: 'ok', seen: 'ok', times: CONFIRMED }
      watches.set(id, watch)
      watch.times = status === watch.seen ? watch.times + 1 : 1
      watch.seen = status
      if (status === watch.logged || watch.times < CONFIRMED) continue
      watch.logged = status
      if (status === 'ok') log.info({ check: id, value }, `cache: ${id} is well again`)
      else log.warn({ check: id, value, threshold }, `cache: ${reason}`)
    }
  }
}
