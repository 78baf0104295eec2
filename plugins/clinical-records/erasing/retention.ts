/** Erases patients whose newest session is as long ago as the settings say. */
import { sql } from 'drizzle-orm'
import type { Database, RetentionRule } from '../../../src/sdk.ts'
import { patients, therapySessions } from '../tables.ts'
import type { PatientEraser } from './erase.ts'

/** The codes of patients with nothing newer than a moment: a patient without a session counts from the entry. */
const codesBefore = (before: Date, db: Database) =>
  db.execute<{ code: string }>(sql`
    select ${patients.code} as code from ${patients}
    where coalesce(
      (select max(${therapySessions.startedAt}) from ${therapySessions} where ${therapySessions.patientId} = ${patients.id}),
      ${patients.createdAt}) < ${before.toISOString()}::timestamptz
    order by ${patients.id}`)

/** @param afterMs what is set; @param keepMs what must be kept in any case */
export const patientRetention = (
  eraser: Pick<PatientEraser, 'erase'>,
  afterMs: number | undefined,
  keepMs: number | undefined,
): RetentionRule => ({
  name: 'patients',
  afterMs: afterMs === undefined ? undefined : Math.max(afterMs, keepMs ?? 0),
  due: async (before, db) => (await codesBefore(before, db)).length,
  async remove(before, db) {
    let count = 0
    for (const { code } of await codesBefore(before, db)) {
      if (await eraser.erase(code, { untouchedSince: before })) count++
    }
    return count
  },
})
