/** Jobs as they stand in PostgreSQL, for those who only look. */
import { sql } from 'drizzle-orm'
import type { Database } from '../database/connection.ts'
import { QUEUE_SCHEMA } from '../database/queue-migration.ts'
import type { QueueCounts } from './contract.ts'
import { splitQueueId } from './queue.ts'
import { countJobs } from './statements.ts'

/** A job that waits or runs. */
export interface JobUnderway {
  /** The job's name in its plugin; `on.` and the event for the handler of one. */
  readonly name: string
  /** What it was enqueued with. */
  readonly input: unknown
}

/** The jobs of a database. */
export interface JobReading {
  /**
   * The jobs of a plugin that wait or run.
   *
   * @param tx as they are in this transaction
   */
  underway(plugin: string, tx?: Database): Promise<readonly JobUnderway[]>
  /** How many wait, run and were given up, by queue. */
  counts(): Promise<readonly QueueCounts[]>
}

const JOB = sql.raw(`${QUEUE_SCHEMA}.job`)

export const createJobReading = (db: Database): JobReading => ({
  async underway(plugin, tx = db) {
    const rows = await tx.execute<{ name: string; data: unknown }>(sql`
      select name, data from ${JOB} where starts_with(name, ${`${plugin}.`}) and state <= 'active'`)
    return rows.map(({ name, data }) => ({ name: splitQueueId(name).name, input: data }))
  },
  counts: async () =>
    (await countJobs(db)).map(({ name, ...counts }) => ({ ...splitQueueId(name), ...counts })),
})
