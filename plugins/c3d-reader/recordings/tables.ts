/** Where recordings stand in PostgreSQL; their bytes stand in the blob store under `sha256`. */
import { sql } from 'drizzle-orm'
import { bigint, check, json, pgSchema, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { RecordingDescription } from '../recording.ts'

export const c3dReaderSchema = pgSchema('c3d_reader')

export const recordings = c3dReaderSchema.table(
  'recordings',
  {
    /** UUIDv7: ordered by time of arrival. */
    id: uuid('id').primaryKey(),
    /** SHA-256 of the file; the same bytes are one recording. */
    sha256: text('sha256').notNull().unique(),
    fileName: text('file_name').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    format: text('format').notNull(),
    /** What the reader said of the file when it came; `json`, which keeps the order of groups and parameters. */
    description: json('description').$type<RecordingDescription>().notNull(),
    receivedAt: timestamp('received_at', { withTimezone: true, mode: 'date' }).notNull().defaultNow(),
  },
  ({ sha256, size }) => [
    check('recordings_sha256_hex', sql`${sha256} ~ '^[0-9a-f]{64}$'`),
    check('recordings_size_positive', sql`${size} > 0`),
  ],
)
