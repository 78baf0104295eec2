/** Where it stands in PostgreSQL what was exported. Rows are only ever added. */
import { sql } from 'drizzle-orm'
import { bigint, check, index, pgSchema, text, timestamp, uuid } from 'drizzle-orm/pg-core'

export const exportsSchema = pgSchema('exports')

/** Whether an export names the patient by code only, or holds all that is known. */
export const IDENTITIES = ['pseudonymised', 'full'] as const

export const exportHistory = exportsSchema.table(
  'export_history',
  {
    /** UUIDv7: ordered by time. */
    id: uuid('id').primaryKey(),
    /** Its foreign key, to c3d_reader.recordings, is written in the migration by hand: drizzle-kit cannot load other plugins. */
    recordingId: uuid('recording_id').notNull(),
    /** The session whose export it was; its foreign key, to clinical_records.therapy_sessions, is written by hand too. */
    sessionId: uuid('session_id'),
    format: text('format').notNull(),
    /** Null of a format that holds everything. */
    table: text('table_name'),
    identity: text('identity', { enum: IDENTITIES }).notNull(),
    preset: text('preset').notNull(),
    pipelineVersion: text('pipeline_version').notNull(),
    /** Names everything that the analysis depended on beside the bytes of the recording. */
    inputs: text('inputs').notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    /** SHA-256 of the file that was made, hex. */
    sha256: text('sha256').notNull(),
    /** Name of who asked for it; null where nobody logs in. */
    exportedBy: text('exported_by'),
    exportedAt: timestamp('exported_at', { withTimezone: true, mode: 'date' }).notNull().defaultNow(),
  },
  ({ recordingId, sessionId, identity, bytes, sha256, id }) => [
    index('export_history_recording').on(recordingId, id),
    index('export_history_session').on(sessionId, id),
    check('export_history_identity', sql`${identity} in ('pseudonymised', 'full')`),
    check('export_history_bytes', sql`${bytes} >= 0`),
    check('export_history_sha256', sql`${sha256} ~ '^[0-9a-f]{64}$'`),
  ],
)
