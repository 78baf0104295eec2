/** Where attempts that run stand in PostgreSQL, beside the tables of pg-boss. */
import { index, integer, smallint, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { hostSchema } from '../cache/tables.ts'

/** One row for each attempt that runs. */
export const jobRuns = hostSchema.table(
  'job_runs',
  {
    job: uuid('job').primaryKey(),
    queue: text('queue').notNull(),
    /** `retry_count` of the claim: what it settles must still bear it. */
    attempt: integer('attempt').notNull(),
    /** The server that runs it. */
    node: uuid('node').notNull(),
    /** When that server was last there; the database's clock. */
    seenAt: timestamp('seen_at', { withTimezone: true, mode: 'date' }).notNull().defaultNow(),
    percent: smallint('percent'),
    note: text('note'),
  },
  (table) => [index('job_runs_by_node').on(table.node)],
)
