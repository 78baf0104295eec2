/** Where patients and their therapy sessions stand in PostgreSQL. What was not measured is null, never a default. */
import { sql } from 'drizzle-orm'
import {
  check,
  date,
  doublePrecision,
  index,
  integer,
  pgSchema,
  primaryKey,
  smallint,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'

export const clinicalRecordsSchema = pgSchema('clinical_records')

export const patients = clinicalRecordsSchema.table(
  'patients',
  {
    /** UUIDv7: ordered by time of entry. */
    id: uuid('id').primaryKey(),
    /** Pseudonym, such as P001. Who it stands for is not known here. */
    code: text('code').notNull().unique(),
    /** First day of the treatment, a calendar date. */
    treatmentStart: date('treatment_start', { mode: 'string' }),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'date' }).notNull().defaultNow(),
  },
  ({ code }) => [check('patients_code_format', sql`${code} ~ '^P[0-9]{3,9}$'`)],
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
    /** Rating of perceived exertion, Borg CR-10. */
    rpe: smallint('rpe'),
    /** Pressure of the blood flow restriction as measured, in % of the arterial occlusion pressure. */
    bfrLeft: doublePrecision('bfr_left'),
    bfrRight: doublePrecision('bfr_right'),
    gamePoints: doublePrecision('game_points'),
    gameMax: doublePrecision('game_max'),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'date' }).notNull().defaultNow(),
  },
  ({ id, patientId, startedAt, rpe, bfrLeft, bfrRight, gamePoints, gameMax }) => [
    index('therapy_sessions_of_patient').on(patientId, startedAt, id),
    index('therapy_sessions_by_time').on(startedAt, id),
    check('therapy_sessions_rpe', sql`${rpe} between 0 and 10`),
    check('therapy_sessions_bfr_left', sql`${bfrLeft} between 0 and 100`),
    check('therapy_sessions_bfr_right', sql`${bfrRight} between 0 and 100`),
    // In PostgreSQL, NaN is above every other number.
    check('therapy_sessions_game_points', sql`${gamePoints} >= 0 and ${gamePoints} < 'Infinity'`),
    check('therapy_sessions_game_max', sql`${gameMax} > 0 and ${gameMax} < 'Infinity'`),
    check('therapy_sessions_game_whole', sql`(${gamePoints} is null) = (${gameMax} is null)`),
  ],
)
