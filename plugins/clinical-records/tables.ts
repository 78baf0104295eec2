/** Where patients and their therapy sessions stand in PostgreSQL. What was not measured is null, never a default. */
import { sql } from 'drizzle-orm'
import {
  check,
  date,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'

/** How far the analysis of a session's recording has come. */
export const SESSION_STATUSES = ['pending', 'processing', 'completed', 'failed'] as const

/** How the start of a session is known, the more trusted first. */
export const START_BASES = ['stated', 'metadata', 'file-name', 'received'] as const

export const clinicalRecordsSchema = pgSchema('clinical_records')

/** Counts the changes of a row, from 1. */
const version = () => integer('version').notNull().default(1)

export const patients = clinicalRecordsSchema.table(
  'patients',
  {
    /** UUIDv7: ordered by time of entry. */
    id: uuid('id').primaryKey(),
    /** Pseudonym, such as P001. Who it stands for is not known here. */
    code: text('code').notNull().unique(),
    /** First day of the treatment, a calendar date. */
    treatmentStart: date('treatment_start', { mode: 'string' }),
    /** Who treats the patient: the login name of a user, who then sees the patient, or what else the clinic calls them. */
    therapist: text('therapist'),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'date' }).notNull().defaultNow(),
    version: version(),
  },
  ({ code, therapist }) => [
    index('patients_by_therapist').on(sql`lower(${therapist} collate "C")`),
    check('patients_code_format', sql`${code} ~ '^P[0-9]{3,9}$'`),
    check('patients_therapist', sql`length(${therapist}) between 1 and 100`),
  ],
)

export const muscleTargets = clinicalRecordsSchema.table(
  'muscle_targets',
  {
    patientId: uuid('patient_id')
      .notNull()
      .references(() => patients.id, { onDelete: 'cascade' }),
    /** Lower case, single-spaced. */
    muscle: text('muscle').notNull(),
    side: text('side', { enum: ['left', 'right', 'none'] }).notNull(),
    /** Contractions of a session. */
    contractions: integer('contractions'),
    /** Least duration of a contraction. */
    durationMs: doublePrecision('duration_ms'),
    /** Least amplitude of a contraction, in % of the maximum voluntary contraction. */
    mvcPercent: doublePrecision('mvc_percent'),
  },
  ({ patientId, muscle, side, contractions, durationMs, mvcPercent }) => [
    primaryKey({ columns: [patientId, muscle, side] }),
    check(
      'muscle_targets_muscle_normalised',
      sql`${muscle} !~ '^ | $|  |[[:cntrl:]]' and length(${muscle}) between 1 and 100`,
    ),
    check('muscle_targets_side', sql`${side} in ('left', 'right', 'none')`),
    check('muscle_targets_contractions', sql`${contractions} between 1 and 10000`),
    check('muscle_targets_duration', sql`${durationMs} > 0 and ${durationMs} <= 600000`),
    check('muscle_targets_mvc_percent', sql`${mvcPercent} between 0 and 100`),
  ],
)

export const therapySessions = clinicalRecordsSchema.table(
  'therapy_sessions',
  {
    /** UUIDv7. */
    id: uuid('id').primaryKey(),
    patientId: uuid('patient_id')
      .notNull()
      .references(() => patients.id),
    /**
     * A recording belongs to one session. Its foreign key, to c3d_reader.recordings, is written in the migration by
     * hand: drizzle-kit cannot load another plugin.
     */
    recordingId: uuid('recording_id').unique(),
    startedAt: timestamp('started_at', { withTimezone: true, mode: 'date' }).notNull(),
    /** How the start is known. */
    startedAtBasis: text('started_at_basis', { enum: START_BASES }).notNull().default('stated'),
    /** Rating of perceived exertion, Borg CR-10. */
    rpe: smallint('rpe'),
    /** Pressure of the blood flow restriction as measured, in % of the arterial occlusion pressure. */
    bfrLeft: doublePrecision('bfr_left'),
    bfrRight: doublePrecision('bfr_right'),
    gamePoints: doublePrecision('game_points'),
    gameMax: doublePrecision('game_max'),
    /** What the game was set to, as the game itself says it. */
    settings: jsonb('settings').$type<Readonly<Record<string, unknown>>>(),
    /** How far the analysis of the recording has come. */
    status: text('status', { enum: SESSION_STATUSES }).notNull().default('pending'),
    failureCode: text('failure_code'),
    failureReason: text('failure_reason'),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'date' }).notNull().defaultNow(),
    version: version(),
  },
  ({ id, patientId, startedAt, rpe, bfrLeft, bfrRight, gamePoints, gameMax, ...rest }) => [
    unique('therapy_sessions_patient_and_id').on(patientId, id),
    index('therapy_sessions_of_patient').on(patientId, startedAt, id),
    index('therapy_sessions_by_time').on(startedAt, id),
    check('therapy_sessions_rpe', sql`${rpe} between 0 and 10`),
    check('therapy_sessions_bfr_left', sql`${bfrLeft} between 0 and 100`),
    check('therapy_sessions_bfr_right', sql`${bfrRight} between 0 and 100`),
    // In PostgreSQL, NaN is above every other number.
    check('therapy_sessions_game_points', sql`${gamePoints} >= 0 and ${gamePoints} < 'Infinity'`),
    check('therapy_sessions_game_max', sql`${gameMax} > 0 and ${gameMax} < 'Infinity'`),
    check('therapy_sessions_game_whole', sql`(${gamePoints} is null) = (${gameMax} is null)`),
    check(
      'therapy_sessions_started_at_basis',
      sql`${rest.startedAtBasis} in ('stated', 'metadata', 'file-name', 'received')`,
    ),
    check('therapy_sessions_settings', sql`jsonb_typeof(${rest.settings}) = 'object'`),
    check('therapy_sessions_status', sql`${rest.status} in ('pending', 'processing', 'completed', 'failed')`),
    check(
      'therapy_sessions_failure',
      sql`(${rest.status} = 'failed') = (${rest.failureCode} is not null) and (${rest.failureCode} is null) = (${rest.failureReason} is null)`,
    ),
    check(
      'therapy_sessions_completed',
      sql`${rest.status} <> 'completed' or ${rest.recordingId} is not null`,
    ),
  ],
)

export const clinicalNotes = clinicalRecordsSchema.table(
  'clinical_notes',
  {
    /** UUIDv7: ordered by time of entry. */
    id: uuid('id').primaryKey(),
    patientId: uuid('patient_id')
      .notNull()
      .references(() => patients.id),
    /** A note about one session, or about the patient as a whole. */
    sessionId: uuid('session_id'),
    text: text('text').notNull(),
    /** Login name of who wrote it, or name of the key; null where it was written before that was kept. */
    author: text('author'),
    /** The same of the last change; null where there was none, or before that was kept. */
    editedBy: text('edited_by'),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'date' }).notNull().defaultNow(),
    updatedAt: timestamp('updated_at', { withTimezone: true, mode: 'date' }).notNull().defaultNow(),
    version: version(),
  },
  ({ id, patientId, sessionId, text: body }) => [
    // So that no note about a session stands with another patient.
    foreignKey({
      name: 'clinical_notes_session_of_patient',
      columns: [patientId, sessionId],
      foreignColumns: [therapySessions.patientId, therapySessions.id],
    }),
    index('clinical_notes_of_patient').on(patientId, id),
    index('clinical_notes_of_session').on(sessionId, id),
    check('clinical_notes_text', sql`length(${body}) between 1 and 10000`),
  ],
)
