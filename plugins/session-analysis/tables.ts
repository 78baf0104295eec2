/** Where the analyses of sessions stand in PostgreSQL: each as it was made, with what it was made of. */
import { sql } from 'drizzle-orm'
import { check, index, json, pgSchema, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'
import type { FullAnalysis } from '../emg-analyzer/index.ts'

export const sessionAnalysisSchema = pgSchema('session_analysis')

export const analyses = sessionAnalysisSchema.table(
  'analyses',
  {
    /** UUIDv7: ordered by time of completion. */
    id: uuid('id').primaryKey(),
    /**
     * Foreign keys, to clinical_records.therapy_sessions and c3d_reader.recordings, are written in the migration by
     * hand: drizzle-kit cannot load another plugin.
     */
    sessionId: uuid('session_id').notNull(),
    recordingId: uuid('recording_id').notNull(),
    /** Names everything that the analysis depends on beside the bytes of the recording. */
    inputs: text('inputs').notNull(),
    preset: text('preset').notNull(),
    pipelineVersion: text('pipeline_version').notNull(),
    /** `json`, which keeps the order of its parts. */
    result: json('result').$type<FullAnalysis>().notNull(),
    completedAt: timestamp('completed_at', { withTimezone: true, mode: 'date' }).notNull().defaultNow(),
  },
  ({ id, sessionId, recordingId, inputs }) => [
    unique('analyses_inputs').on(sessionId, recordingId, inputs),
    index('analyses_of_session').on(sessionId, id),
    check('analyses_inputs_hex', sql`${inputs} ~ '^[0-9a-f]{32,64}$'`),
  ],
)
