/** Where channel profiles and manual edits stand in PostgreSQL. */
import { sql } from 'drizzle-orm'
import { check, index, integer, json, pgSchema, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { ChannelAssignment } from './analysis/channels/assign.ts'
import type { ContractionEdit } from './analysis/edits.ts'

export const emgAnalyzerSchema = pgSchema('emg_analyzer')

export const channelProfiles = emgAnalyzerSchema.table(
  'channel_profiles',
  {
    /** UUIDv7: ordered by time of entry. */
    id: uuid('id').primaryKey(),
    name: text('name').notNull().unique(),
    /**
     * The patient whose recordings it is for; null: those of all. Its foreign key, to clinical_records.patients, is
     * written in the migration by hand: drizzle-kit cannot load other plugins.
     */
    patientCode: text('patient_code'),
    /** Names of the files it is for, with * and ?; null: all. */
    filePattern: text('file_pattern'),
    channels: json('channels').$type<ChannelAssignment[]>().notNull(),
    /** Counts its changes. */
    version: integer('version').notNull().default(1),
    updatedAt: timestamp('updated_at', { withTimezone: true, mode: 'date' }).notNull().defaultNow(),
  },
  ({ name, filePattern, version }) => [
    check('channel_profiles_name', sql`length(${name}) between 1 and 100`),
    check('channel_profiles_file_pattern', sql`length(${filePattern}) between 1 and 200`),
    check('channel_profiles_version', sql`${version} > 0`),
  ],
)

/** Only added to: a row that is revoked stays, and so does the row that revokes it. */
export const contractionEdits = emgAnalyzerSchema.table(
  'contraction_edits',
  {
    /** UUIDv7: edits are applied in this order. */
    id: uuid('id').primaryKey(),
    /** Its foreign key, to c3d_reader.recordings, is written in the migration by hand. */
    recordingId: uuid('recording_id').notNull(),
    /** What was done; null in a row that revokes another. */
    edit: json('edit').$type<ContractionEdit>(),
    /** The row that is undone. One row is undone once. */
    revokes: uuid('revokes').unique(),
    reason: text('reason'),
    /** Who; null until there are users. */
    author: text('author'),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'date' }).notNull().defaultNow(),
  },
  ({ recordingId, edit, revokes, reason }) => [
    index('contraction_edits_recording').on(recordingId),
    check('contraction_edits_one_of', sql`(${edit} is null) <> (${revokes} is null)`),
    check('contraction_edits_reason', sql`length(${reason}) between 1 and 500`),
  ],
)
