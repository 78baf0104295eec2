/** Removes jobs that name somebody, whatever has become of them. */
import { sql } from 'drizzle-orm'
import type { Database } from '../database/connection.ts'
import { QUEUE_SCHEMA } from '../database/queue-migration.ts'
import { CANCEL_CHANNEL } from './line.ts'
import { notify } from './statements.ts'

const JOB = sql.raw(`${QUEUE_SCHEMA}.job`)

/**
 * Removes every job that has one of some texts for its id, its key, or a value anywhere in its input. An attempt that is
 * under way is told that it is not run any more: nothing that it does is committed.
 *
 * @param values ids, and pseudonyms; compared as a whole
 */
export async function eraseJobs(tx: Database, values: readonly string[]): Promise<void> {
  const wanted = sql`(select jsonb_array_elements_text(${JSON.stringify(values)}::text::jsonb))`
  const gone = await tx.execute<{ id: string; state: string }>(sql`
    delete from ${JOB} j where j.id::text in ${wanted} or j.singleton_key in ${wanted}
      or exists (
        select from jsonb_path_query(j.data, 'strict $.**') part
        where jsonb_typeof(part) = 'string' and part #>> '{}' in ${wanted})
    returning j.id, j.state`)
  for (const { id, state } of gone) if (state === 'active') await notify(tx, CANCEL_CHANNEL, id)
}
