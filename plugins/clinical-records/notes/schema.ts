/** Clinical notes: what the service gives, and their shape in REST. */
import * as v from 'valibot'
import { PageLimit } from '../../../src/sdk.ts'
import { PatientCode } from '../patients/schema.ts'

/** What somebody has written about a patient, or about one of the sessions. */
export interface ClinicalNote {
  /** UUIDv7. */
  readonly id: string
  readonly patientCode: string
  /** null: about the patient as a whole. */
  readonly sessionId: string | null
  readonly text: string
  /** Who wrote it; null where that was not kept yet. */
  readonly author: string | null
  /** Who changed it last; null where nobody has, or that was not kept yet. */
  readonly editedBy: string | null
  readonly createdAt: Date
  readonly updatedAt: Date
  /** Counts the changes, from 1. */
  readonly version: number
}

/** Lines of text; PostgreSQL takes no U+0000, and nobody sees the other control characters. */
const NoteText = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1),
  v.maxLength(10_000),
  v.regex(/^[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}\p{Cf}\n\r\t]+$/u, 'expected text without control characters'),
  v.description('Plain text of up to 10,000 characters'),
)

const SessionId = v.pipe(
  v.nullable(v.pipe(v.string(), v.uuid())),
  v.description('The session that it is about; null: the patient as a whole'),
)

export const NewNoteBody = v.strictObject({ sessionId: v.optional(SessionId, null), text: NoteText })

export const NoteChangesBody = v.strictObject({ text: NoteText })

export const NoteResource = v.object({
  id: v.pipe(v.string(), v.uuid()),
  patientCode: PatientCode,
  sessionId: SessionId,
  text: v.string(),
  author: v.pipe(
    v.nullable(v.string()),
    v.description('Login name or key of who wrote it; null where it was written before that was kept'),
  ),
  editedBy: v.pipe(
    v.nullable(v.string()),
    v.description('The same of the last change; null where there was none, or before that was kept'),
  ),
  createdAt: v.pipe(v.string(), v.isoTimestamp()),
  updatedAt: v.pipe(v.string(), v.isoTimestamp()),
  version: v.pipe(v.number(), v.integer(), v.description('Counts the changes, from 1; the ETag names it')),
})

export const NoteListQuery = v.object({
  limit: PageLimit,
  cursor: v.optional(v.pipe(v.string(), v.uuid('expected the nextCursor of a page'))),
  sessionId: v.optional(v.pipe(v.string(), v.uuid(), v.description('Notes about this session only'))),
})

export const noteResource = ({ createdAt, updatedAt, ...rest }: ClinicalNote) => ({
  ...rest,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
})
