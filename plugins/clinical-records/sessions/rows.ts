/** Therapy sessions as rows and columns of their table. */
import { and, eq, gte, inArray, lt, type SQL, sql } from 'drizzle-orm'
import { Problem, violatedConstraint } from '../../../src/sdk.ts'
import { therapySessions } from '../tables.ts'
import { ofVisiblePatientId } from '../visibility/scope.ts'
import type { SessionChanges, SessionFilter } from './contract.ts'
import type { SessionPlace, TherapySession } from './schema.ts'

type SessionRow = typeof therapySessions.$inferSelect

/** A row, and the code of its patient. */
export const sessionOf = (row: SessionRow, patientCode: string): TherapySession => ({
  id: row.id,
  patientId: row.patientId,
  patientCode,
  recordingId: row.recordingId,
  startedAt: row.startedAt,
  startedAtBasis: row.startedAtBasis,
  rpe: row.rpe,
  bfr: { left: row.bfrLeft, right: row.bfrRight },
  game: row.gamePoints === null || row.gameMax === null ? null : { points: row.gamePoints, max: row.gameMax },
  settings: row.settings,
  status: row.status,
  failure:
    row.failureCode === null || row.failureReason === null
      ? null
      : { code: row.failureCode, reason: row.failureReason },
  createdAt: row.createdAt,
  version: row.version,
})

const PROBLEMS: Readonly<Record<string, readonly [status: 404 | 409, code: string, detail: string]>> = {
  therapy_sessions_patient_id_patients_id_fk: [404, 'PATIENT_NOT_FOUND', 'There is no such patient.'],
  therapy_sessions_recording_id_recordings_id_fk: [
    404,
    'RECORDING_NOT_FOUND',
    'There is no recording with this id.',
  ],
  therapy_sessions_recording_id_unique: [
    409,
    'RECORDING_IN_OTHER_SESSION',
    'This recording belongs to another session.',
  ],
}

/** Throws what a constraint of the table says of its caller; other errors as they are. */
export function sessionProblem(error: unknown): never {
  const known = PROBLEMS[violatedConstraint(error) ?? '']
  if (known) throw new Problem(...known)
  throw error
}

/** The columns that changes set; what is undefined is left alone. */
export const columnsOf = ({ recordingId, startedAt, rpe, bfr, game, settings }: SessionChanges) => ({
  recordingId,
  startedAt,
  ...(startedAt && { startedAtBasis: 'stated' as const }),
  rpe,
  settings,
  ...(bfr === null ? { bfrLeft: null, bfrRight: null } : { bfrLeft: bfr?.left, bfrRight: bfr?.right }),
  ...(game === undefined ? {} : { gamePoints: game?.points ?? null, gameMax: game?.max ?? null }),
})

type SessionColumns = typeof therapySessions.$inferInsert
/** Columns to be set; what is undefined is left alone. */
export type ChangedColumns = { readonly [K in keyof SessionColumns]?: SessionColumns[K] | undefined }

/** Columns of a session whose analysis begins anew. */
export const WAITING = { status: 'pending', failureCode: null, failureReason: null } as const

/** Of the sessions that are meant, in their order, those after one. */
export const matching = (
  { patientId, from, until, status, recordingId, ids, scope = 'all' }: SessionFilter,
  after?: SessionPlace,
  ascending = false,
): SQL | undefined =>
  and(
    ofVisiblePatientId(therapySessions.patientId, scope),
    patientId === undefined ? undefined : eq(therapySessions.patientId, patientId),
    from && gte(therapySessions.startedAt, from),
    until && lt(therapySessions.startedAt, until),
    status && eq(therapySessions.status, status),
    recordingId === undefined ? undefined : eq(therapySessions.recordingId, recordingId),
    ids && inArray(therapySessions.id, [...ids]),
    after &&
      sql`(${therapySessions.startedAt}, ${therapySessions.id}) ${sql.raw(ascending ? '>' : '<')} (${after.startedAt.toISOString()}::timestamptz, ${after.id}::uuid)`,
  )
