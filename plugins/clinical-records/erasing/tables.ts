/** Where it stands which patients were erased: the pseudonym and the day, and nothing else of them. */
import { sql } from 'drizzle-orm'
import { check, text, timestamp } from 'drizzle-orm/pg-core'
import { clinicalRecordsSchema } from '../tables.ts'

/** A code is never given again: what the audit log says of it is about nobody else. */
export const erasedPatients = clinicalRecordsSchema.table(
  'erased_patients',
  {
    code: text('code').primaryKey(),
    erasedAt: timestamp('erased_at', { withTimezone: true, mode: 'date' }).notNull().defaultNow(),
  },
  ({ code }) => [check('erased_patients_code_format', sql`${code} ~ '^P[0-9]{3,9}$'`)],
)
