/** Has a server remove once a day what has been kept long enough. */
import type { Audit } from '../audit/contract.ts'
import type { Database } from '../database/connection.ts'
import type { Logger } from '../observe/log.ts'
import type { PluginRule } from './rule.ts'
import { applyRetention } from './run.ts'

const FIRST_MS = 120_000
const DAY_MS = 86_400_000

/** @returns ends it; a run that is under way comes to its end first */
export function startRetention(options: {
  readonly db: Database
  readonly audit: Audit
  readonly rules: () => readonly PluginRule[]
  readonly log: Logger
}): () => Promise<void> {
  const { db, audit, rules, log } = options
  let running: Promise<void> = Promise.resolve()

  async function run(): Promise<void> {
    const wanted = rules().filter(({ rule }) => rule.afterMs !== undefined)
    if (wanted.length === 0) return
    try {
      const outcomes = await applyRetention({
        db,
        audit,
        rules: wanted,
        now: Date.now(),
        route: 'SERVER retention',
      })
      for (const { plugin, name, count } of outcomes ?? []) {
        if (count > 0) log.info({ plugin, rule: name, count }, 'retention: removed what was kept long enough')
      }
    } catch (error) {
      log.error({ err: error }, 'retention: not everything could be removed; the next run tries again')
    }
  }

  let timer = setTimeout(function again() {
    timer = setTimeout(again, DAY_MS)
    running = run()
  }, FIRST_MS)
  return async () => {
    clearTimeout(timer)
    await running
  }
}
