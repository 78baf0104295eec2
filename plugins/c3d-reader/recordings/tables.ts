/** Where recordings stand in PostgreSQL; their bytes stand in the blob store under `sha256`. */
import { sql } from 'drizzle-orm'
import { bigint, check, index, json, pgSchema, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
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

/** Bytes of recordings that were erased, until they are removed from the disk. */
export const removedBlobs = c3dReaderSchema.table('removed_blobs', {
  sha256: text('sha256').primaryKey(),
  removedAt: timestamp('removed_at', { withTimezone: true, mode: 'date' }).notNull().defaultNow(),
})

/** Who has uploaded a recording: whoever brings the same bytes again is another one of them. */
export const recordingUploaders = c3dReaderSchema.table(
  'recording_uploaders',
  {
    recordingId: uuid('recording_id')
      .notNull()
      .references(() => recordings.id, { onDelete: 'cascade' }),
    /** Id of an identity, such as `user:` and a UUID; `system` for what the server takes in by itself. */
    identity: text('identity').notNull(),
    uploadedAt: timestamp('uploaded_at', { withTimezone: true, mode: 'date' }).notNull().defaultNow(),
  },
  ({ recordingId, identity }) => [
    primaryKey({ columns: [recordingId, identity] }),
    index('recording_uploaders_by_identity').on(identity, recordingId),
  ],
)
