/** Removes what has been kept long enough, rule by rule. */
import { sql } from 'drizzle-orm'
import type { Audit } from '../audit/contract.ts'
import type { Database } from '../database/connection.ts'
import { actAsSystem } from '../identity/acting.ts'
import type { PluginRule } from './rule.ts'

/** Key of the advisory lock that one run at a time has. */
const LOCK = 69673787

/** What a rule has come to. */
export interface RetentionOutcome {
  readonly plugin: string
  readonly name: string
  /** What is older than this; null where it is kept for ever. */
  readonly before: Date | null
  /** How many were removed, or would be. */
  readonly count: number
}

interface RetentionRun {
  readonly db: Database
  readonly rules: readonly PluginRule[]
  readonly audit: Audit
  readonly now: number
  readonly route: string
}

const momentOf = ({ rule }: PluginRule, now: number): Date | null =>
  rule.afterMs === undefined ? null : new Date(now - rule.afterMs)

/** What a run would remove. Changes nothing. */
export const dueOf = ({ db, rules, now }: Pick<RetentionRun, 'db' | 'rules' | 'now'>) =>
  Promise.all(
    rules.map(async (each): Promise<RetentionOutcome> => {
      const before = momentOf(each, now)
      const count = before === null ? 0 : await each.rule.due(before, db)
      return { plugin: each.plugin, name: each.rule.name, before, count }
    }),
  )

/**
 * Removes what is due, as the server's own doing, with an entry in the audit log for each rule that has removed
 * something.
 *
 * @returns undefined where another process is at it
 * @throws what a rule throws, when the rules before it are done
 */
export const applyRetention = ({ db, rules, audit, now, route }: RetentionRun) =>
  db.transaction(async (tx): Promise<RetentionOutcome[] | undefined> => {
    const [row] = await tx.execute<{ locked: boolean }>(
      sql`select pg_try_advisory_xact_lock(${LOCK}) as locked`,
    )
    if (!row?.locked) return undefined
    const outcomes: RetentionOutcome[] = []
    for (const each of rules) {
      const { plugin, rule } = each
      const before = momentOf(each, now)
      const count = await actAsSystem('retention', route, async () => {
        const removed = before === null ? 0 : await rule.remove(before, db)
        if (removed > 0) {
          await audit.record({
            action: 'retention',
            outcome: 'done',
            records: [{ kind: 'retention', id: `${plugin}.${rule.name}` }],
          })
        }
        return removed
      })
      outcomes.push({ plugin, name: rule.name, before, count })
    }
    return outcomes
  })
