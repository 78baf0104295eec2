/** Where the audit log stands in PostgreSQL. */
import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, jsonb, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { hostSchema } from '../cache/tables.ts'
import type { RecordRef } from '../identity/record.ts'
import { AUDIT_OUTCOMES } from './contract.ts'

/**
 * One row for each thing that was done, refused or failed. Triggers, which the migration adds by hand, have rows come
 * without a place in the chain, be given one once, and go by retention alone.
 */
export const auditLog = hostSchema.table(
  'audit_log',
  {
    /** UUIDv7 of the time in `at`: the order of ids is that of time, as the clocks of the nodes have it. */
    id: uuid('id').primaryKey(),
    at: timestamp('at', { withTimezone: true, mode: 'string', precision: 3 }).notNull(),
    actor: text('actor').notNull(),
    action: text('action').notNull(),
    route: text('route').notNull(),
    records: jsonb('records').$type<readonly RecordRef[]>().notNull(),
    /** How many records the answer of a list held. */
    count: integer('count'),
    outcome: text('outcome', { enum: AUDIT_OUTCOMES }).notNull(),
    code: text('code'),
    address: text('address'),
    requestId: text('request_id'),
    node: text('node').notNull(),
    /** The place in the chain, from 1 on without gaps; null until it is sealed. */
    seq: bigint('seq', { mode: 'number' }),
    /** Hash of the entry before. */
    previous: text('previous'),
    hash: text('hash'),
  },
  (table) => [
    uniqueIndex('audit_log_by_seq').on(table.seq),
    index('audit_log_unsealed').on(table.id).where(sql`${table.seq} is null`),
    index('audit_log_by_actor').on(table.actor, table.id),
    index('audit_log_by_record').using('gin', table.records.op('jsonb_path_ops')),
    check('audit_log_outcome', sql`${table.outcome} in ('done', 'refused', 'failed')`),
    check('audit_log_sealed', sql`num_nulls(${table.seq}, ${table.previous}, ${table.hash}) in (0, 3)`),
  ],
)
