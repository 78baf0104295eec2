/** Removes entries of the history that have been kept long enough. */
import { lt } from 'drizzle-orm'
import * as v from 'valibot'
import { duration, optionalSetting, type RetentionRule } from '../../../src/sdk.ts'
import { exportHistory } from '../tables.ts'

const DAY_MS = 86_400_000

/** How long entries are kept; absent: for ever. */
export const historyRetention = optionalSetting(v.pipe(duration, v.minValue(DAY_MS)), {
  summary: 'How long the history of exports is kept; absent: for ever',
  allowed: 'a time in days such as 1095d',
  env: 'RETENTION_EXPORTS',
})

export const historyRule = (afterMs: number | undefined): RetentionRule => ({
  name: 'history',
  afterMs,
  due: (before, db) => db.$count(exportHistory, lt(exportHistory.exportedAt, before)),
  remove: async (before, db) =>
    (
      await db
        .delete(exportHistory)
        .where(lt(exportHistory.exportedAt, before))
        .returning({ id: exportHistory.id })
    ).length,
})
