/** The shapes of recordings in REST. */
import * as v from 'valibot'
import type { recordings } from './tables.ts'

/** A stored recording as its table has it. */
export type RecordingRow = typeof recordings.$inferSelect

/** The id of a recording, as a parameter of a route. */
export const RecordingId = v.pipe(v.string(), v.uuid(), v.description('UUIDv7 of the recording'))

const summary = {
  id: RecordingId,
  fileName: v.pipe(v.string(), v.description('Name the file was uploaded with')),
  sha256: v.pipe(v.string(), v.description('SHA-256 of the bytes, hex')),
  size: v.pipe(v.number(), v.integer(), v.description('Bytes')),
  format: v.pipe(v.string(), v.description('Such as `c3d`')),
  receivedAt: v.pipe(v.string(), v.description('ISO 8601, UTC')),
}

export const RecordingSummary = v.object(summary)

/** A recording in REST, with everything its file says. */
/** A recording in REST. */
export const RecordingResource = v.object({
  ...summary,
  description: v.pipe(
    v.record(v.string(), v.unknown()),
    v.description('What the file says, as `myoserve inspect --json` prints it'),
  ),
})

export type RecordingResource = v.InferOutput<typeof RecordingResource>

export const RecordingMetadata = v.pipe(
  v.record(v.string(), v.unknown()),
  v.description('What the file says, as `myoserve inspect --stats --json` prints it'),
)

export const RecordingPage = v.object({
  items: v.array(RecordingSummary),
  nextCursor: v.pipe(v.nullable(v.string()), v.description('Pass as `cursor` for the next page')),
})

export const RecordingFormats = v.object({
  items: v.array(
    v.object({
      id: v.pipe(v.string(), v.description('As `format` of a recording has it')),
      summary: v.string(),
      reference: v.pipe(v.string(), v.description('The specification')),
      mediaType: v.string(),
      extensions: v.pipe(v.array(v.string()), v.description('Ends of file names, for file choosers')),
    }),
  ),
})

export const PageQuery = v.object({
  limit: v.optional(
    v.pipe(
      v.string(),
      v.digits('expected a whole number'),
      v.transform(Number),
      v.minValue(1),
      v.maxValue(200),
    ),
    '50',
  ),
  cursor: v.optional(RecordingId),
  sha256: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in lower-case hex'),
      v.description('The recording of these bytes only'),
    ),
  ),
})

export const summaryOf = ({
  id,
  fileName,
  sha256,
  size,
  format,
  receivedAt,
}: Omit<RecordingRow, 'description'>) => ({
  id,
  fileName,
  sha256,
  size,
  format,
  receivedAt: receivedAt.toISOString(),
})

/** A stored recording as REST shows it. */
/** A recording as REST answers it. */
export const resourceOf = (row: RecordingRow): RecordingResource => ({
  ...summaryOf(row),
  description: row.description,
})

export const rowOfResource = ({ receivedAt, ...rest }: RecordingResource): RecordingRow => ({
  ...rest,
  receivedAt: new Date(receivedAt),
})
