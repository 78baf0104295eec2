/** An export as the history tells of it. */
import * as v from 'valibot'
import { PageLimit } from '../../../src/sdk.ts'
import { RecordingId } from '../../c3d-reader/index.ts'
import type { exportHistory } from '../tables.ts'

/** A row of the history. */
export type ExportRow = typeof exportHistory.$inferSelect

const Id = v.pipe(v.string(), v.uuid())

export const ExportResource = v.object({
  id: v.pipe(Id, v.description('UUIDv7 of the export')),
  recordingId: RecordingId,
  sessionId: v.nullable(Id),
  format: v.string(),
  table: v.pipe(v.nullable(v.string()), v.description('Null of a format that holds everything')),
  identity: v.pipe(v.picklist(['pseudonymised']), v.description('Whether it named the patient by code only')),
  preset: v.string(),
  pipelineVersion: v.string(),
  inputs: v.pipe(v.string(), v.description('Names all that the analysis depended on beside the recording')),
  bytes: v.pipe(v.number(), v.integer(), v.description('Size of the file')),
  sha256: v.pipe(v.string(), v.description('SHA-256 of the file, hex')),
  exportedBy: v.pipe(v.nullable(v.string()), v.description('Who; null until there are users')),
  exportedAt: v.pipe(v.string(), v.isoTimestamp()),
})

export const ExportListQuery = v.object({
  limit: PageLimit,
  cursor: v.optional(Id),
  recordingId: v.optional(RecordingId),
  sessionId: v.optional(Id),
})

export const exportResource = ({ exportedAt, ...rest }: ExportRow): v.InferOutput<typeof ExportResource> => ({
  ...rest,
  exportedAt: exportedAt.toISOString(),
})
