/** The shapes of recordings in REST. */
import * as v from 'valibot'
import { type Identity, textOf } from '../../../src/sdk.ts'
import { PSEUDONYMISED, pseudonymousDescription, Withheld } from '../pseudonymous.ts'
import type { recordings } from './tables.ts'

/** A stored recording as its table has it. */
export type RecordingRow = typeof recordings.$inferSelect

/** The id of a recording, as a parameter of a route. */
export const RecordingId = v.pipe(v.string(), v.uuid(), v.description('UUIDv7 of the recording'))

const description = v.record(v.string(), v.unknown())

/** A stored recording as it is kept in the cache. */
export const StoredRecording = v.object({
  id: v.string(),
  fileName: v.string(),
  sha256: v.string(),
  size: v.number(),
  format: v.string(),
  receivedAt: v.string(),
  description,
})

export type StoredRecording = v.InferOutput<typeof StoredRecording>

const summary = {
  id: RecordingId,
  fileName: v.pipe(
    v.optional(v.string()),
    v.description(`Name the file was first uploaded with; ${PSEUDONYMISED}`),
  ),
  sha256: v.pipe(v.string(), v.description('SHA-256 of the bytes, hex')),
  size: v.pipe(v.number(), v.integer(), v.description('Bytes')),
  format: v.pipe(v.string(), v.description('Such as `c3d`')),
  receivedAt: v.pipe(v.string(), v.description('ISO 8601, UTC')),
  withheld: Withheld,
}

export const RecordingSummary = v.object(summary)

/** A recording in REST. */
export const RecordingResource = v.object({
  ...summary,
  description: v.pipe(
    description,
    v.description(
      'What the file says, as `myoserve inspect --json` prints it; where pseudonymised data only is seen, figures, and labels and units of the channels',
    ),
  ),
})

export type RecordingResource = v.InferOutput<typeof RecordingResource>

export const RecordingMetadata = v.pipe(
  v.record(v.string(), v.unknown()),
  v.description(
    'What the file says, as `myoserve inspect --stats --json` prints it; where pseudonymised data only is seen, figures, and labels and units of the channels',
  ),
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
  fileName: v.optional(
    v.pipe(textOf(255), v.description('Those alone whose file name has this in it; case means nothing')),
  ),
  of: v.optional(
    v.pipe(
      v.picklist(['nobody']),
      v.description('Those alone that belong to no patient: no session has them'),
    ),
  ),
})

/** As who asks may see it. */
type Seen = Pick<Identity, 'pseudonymous'>

export const summaryOf = (
  { id, fileName, sha256, size, format, receivedAt }: Omit<RecordingRow, 'description'>,
  { pseudonymous }: Seen,
): v.InferOutput<typeof RecordingSummary> => ({
  id,
  ...(pseudonymous ? {} : { fileName }),
  sha256,
  size,
  format,
  receivedAt: receivedAt.toISOString(),
  ...(pseudonymous ? { withheld: ['fileName'] } : {}),
})

/** A recording as REST answers it to somebody. */
export const resourceOf = (row: RecordingRow, viewer: Seen): RecordingResource =>
  viewer.pseudonymous
    ? {
        ...summaryOf(row, viewer),
        description: pseudonymousDescription(row.description),
        withheld: ['fileName', 'description: what somebody has written into the file'],
      }
    : { ...summaryOf(row, viewer), description: row.description }

/** A recording for the cache. */
export const storedOfRow = ({ receivedAt, ...rest }: RecordingRow): StoredRecording => ({
  ...rest,
  receivedAt: receivedAt.toISOString(),
})

export const rowOfStored = ({ receivedAt, ...rest }: StoredRecording): RecordingRow => ({
  ...rest,
  receivedAt: new Date(receivedAt),
})
