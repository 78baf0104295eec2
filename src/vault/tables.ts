/** Where it stands in PostgreSQL which keys have sealed something: their ids, never they themselves. */

import { sql } from 'drizzle-orm'
import { check, text, timestamp } from 'drizzle-orm/pg-core'
import { hostSchema } from '../cache/tables.ts'

export const vaultKeys = hostSchema.table(
  'vault_keys',
  {
    id: text('id').primaryKey(),
    /** When a server first had it. */
    since: timestamp('since', { withTimezone: true, mode: 'date' }).notNull().defaultNow(),
  },
  ({ id }) => [check('vault_keys_id', sql`${id} ~ '^[0-9a-f]{12}$'`)],
)
