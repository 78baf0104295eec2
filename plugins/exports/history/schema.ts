/** An export as the history tells of it. */
import * as v from 'valibot'
import { PageLimit, type Viewer } from '../../../src/sdk.ts'
import { RecordingId } from '../../c3d-reader/index.ts'
import { type exportHistory, IDENTITIES } from '../tables.ts'

/** A row of the history. */
export type ExportRow = typeof exportHistory.$inferSelect

const Id = v.pipe(v.string(), v.uuid())

export const ExportResource = v.object({
  id: v.pipe(Id, v.description('UUIDv7 of the export')),
  recordingId: RecordingId,
  sessionId: v.nullable(Id),
  format: v.string(),
  table: v.pipe(v.nullable(v.string()), v.description('Null of a format that holds everything')),
  identity: v.pipe(v.picklist(IDENTITIES), v.description('Whether it named the patient by code only')),
  preset: v.string(),
  pipelineVersion: v.string(),
  inputs: v.pipe(v.string(), v.description('Names all that the analysis depended on beside the recording')),
  bytes: v.pipe(v.number(), v.integer(), v.description('Size of the file')),
  sha256: v.pipe(v.string(), v.description('SHA-256 of the file, hex')),
  exportedBy: v.pipe(
    v.nullable(v.string()),
    v.description('Who; null where nobody logs in, and for those who see no names'),
  ),
  exportedAt: v.pipe(v.string(), v.isoTimestamp()),
})

export const ExportListQuery = v.object({
  limit: PageLimit,
  cursor: v.optional(Id),
  recordingId: v.optional(RecordingId),
  sessionId: v.optional(Id),
})

/** An export as somebody may see it. */
export const exportResource = (
  { exportedAt, exportedBy, ...rest }: ExportRow,
  { pseudonymous }: Pick<Viewer, 'pseudonymous'>,
): v.InferOutput<typeof ExportResource> => ({
  ...rest,
  exportedBy: pseudonymous ? null : exportedBy,
  exportedAt: exportedAt.toISOString(),
})
