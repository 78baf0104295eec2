/** Where scoring configurations, their assignments and scores stand in PostgreSQL. Nothing here is ever changed. */
import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  doublePrecision,
  foreignKey,
  index,
  integer,
  json,
  pgSchema,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import type { Score, ScoreInput } from './score/index.ts'
import type { NormalisedAmplitude } from './sessions/amplitudes.ts'

export const performanceScoringSchema = pgSchema('performance_scoring')

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })
const ordered = () => bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity()

export const configurations = performanceScoringSchema.table(
  'configurations',
  {
    /** UUIDv7. */
    id: uuid('id').primaryKey(),
    name: text('name').notNull().unique(),
    createdAt: moment('created_at').notNull().defaultNow(),
    /** Since then it is chosen no more; where it was chosen before, it stays in force. */
    retiredAt: moment('retired_at'),
  },
  ({ name }) => [
    check('configurations_name', sql`${name} !~ '^ | $|[[:cntrl:]]' and length(${name}) between 1 and 100`),
  ],
)

/** What a configuration says. A trigger refuses every change: a change is a new version. */
export const configurationVersions = performanceScoringSchema.table(
  'configuration_versions',
  {
    configurationId: uuid('configuration_id')
      .notNull()
      .references(() => configurations.id),
    version: integer('version').notNull(),
    description: text('description').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    weightCompliance: doublePrecision('weight_compliance').notNull(),
    weightSymmetry: doublePrecision('weight_symmetry').notNull(),
    weightEffort: doublePrecision('weight_effort').notNull(),
    weightGame: doublePrecision('weight_game').notNull(),
    weightCompletion: doublePrecision('weight_completion').notNull(),
    weightIntensity: doublePrecision('weight_intensity').notNull(),
    weightDuration: doublePrecision('weight_duration').notNull(),
    /** Effort score of the ratings 0 to 10, in this order. */
    rpeScores: doublePrecision('rpe_scores').array().notNull(),
    /** In % of the arterial occlusion pressure. */
    bfrLowPercent: doublePrecision('bfr_low_percent').notNull(),
    bfrHighPercent: doublePrecision('bfr_high_percent').notNull(),
    targetContractions: integer('target_contractions').notNull(),
    targetDurationMs: doublePrecision('target_duration_ms').notNull(),
    targetMvcPercent: doublePrecision('target_mvc_percent').notNull(),
    minimumCoverage: doublePrecision('minimum_coverage').notNull(),
  },
  (column) => [
    primaryKey({ columns: [column.configurationId, column.version] }),
    check('configuration_versions_version', sql`${column.version} >= 1`),
    // In PostgreSQL, NaN is above every other number, so a range refuses it.
    check(
      'configuration_versions_weights',
      sql`least(${column.weightCompliance}, ${column.weightSymmetry}, ${column.weightEffort}, ${column.weightGame}) >= 0
        and abs(${column.weightCompliance} + ${column.weightSymmetry} + ${column.weightEffort} + ${column.weightGame} - 1) <= 0.001000001`,
    ),
    check(
      'configuration_versions_muscle_weights',
      sql`least(${column.weightCompletion}, ${column.weightIntensity}, ${column.weightDuration}) >= 0
        and abs(${column.weightCompletion} + ${column.weightIntensity} + ${column.weightDuration} - 1) <= 0.001000001`,
    ),
    check(
      'configuration_versions_rpe_scores',
      sql`cardinality(${column.rpeScores}) = 11 and array_ndims(${column.rpeScores}) = 1
        and array_position(${column.rpeScores}, null) is null
        and 0 <= all(${column.rpeScores}) and 100 >= all(${column.rpeScores})`,
    ),
    check(
      'configuration_versions_bfr_window',
      sql`${column.bfrLowPercent} >= 0 and ${column.bfrHighPercent} <= 100
        and ${column.bfrLowPercent} <= ${column.bfrHighPercent}`,
    ),
    check(
      'configuration_versions_targets',
      sql`${column.targetContractions} between 1 and 10000
        and ${column.targetDurationMs} > 0 and ${column.targetDurationMs} <= 600000
        and ${column.targetMvcPercent} > 0 and ${column.targetMvcPercent} <= 100`,
    ),
    check('configuration_versions_coverage', sql`${column.minimumCoverage} between 0 and 1`),
  ],
)

/** The newest row is in force. */
export const activations = performanceScoringSchema.table(
  'activations',
  {
    id: ordered(),
    configurationId: uuid('configuration_id').notNull(),
    version: integer('version').notNull(),
    activatedAt: moment('activated_at').notNull().defaultNow(),
  },
  ({ configurationId, version }) => [
    foreignKey({
      name: 'activations_version_fk',
      columns: [configurationId, version],
      foreignColumns: [configurationVersions.configurationId, configurationVersions.version],
    }),
  ],
)

/**
 * The newest row of a patient, or of a session, is in force; one without a configuration lifts those before.
 * Their foreign keys, to clinical_records, are written in the migration by hand: drizzle-kit cannot load another plugin.
 */
export const assignments = performanceScoringSchema.table(
  'assignments',
  {
    id: ordered(),
    patientId: uuid('patient_id'),
    sessionId: uuid('session_id'),
    configurationId: uuid('configuration_id'),
    version: integer('version'),
    assignedAt: moment('assigned_at').notNull().defaultNow(),
  },
  ({ id, patientId, sessionId, configurationId, version }) => [
    index('assignments_of_patient').on(patientId, id),
    index('assignments_of_session').on(sessionId, id),
    check('assignments_one_subject', sql`num_nonnulls(${patientId}, ${sessionId}) = 1`),
    check('assignments_whole', sql`(${configurationId} is null) = (${version} is null)`),
    foreignKey({
      name: 'assignments_version_fk',
      columns: [configurationId, version],
      foreignColumns: [configurationVersions.configurationId, configurationVersions.version],
    }),
  ],
)

/** What a session's counts were taken from. */
export interface ScoredAnalysis {
  readonly recordingId: string
  readonly sha256: string
  readonly preset: string
  readonly pipelineVersion: string
  /** Names preset, parameters and version of the pipeline. */
  readonly inputs: string
  /** Absent in scores of before they were kept. */
  readonly amplitudes?: NormalisedAmplitude[]
}

export const scores = performanceScoringSchema.table(
  'scores',
  {
    /** UUIDv7. */
    id: uuid('id').primaryKey(),
    sessionId: uuid('session_id').notNull(),
    configurationId: uuid('configuration_id').notNull(),
    version: integer('version').notNull(),
    /** Which rung of the resolution gave the configuration. */
    chosenBy: text('chosen_by', { enum: ['session', 'patient', 'active', 'default'] }).notNull(),
    /** 0 to 100, or null with its reason in `score`. */
    overall: doublePrecision('overall'),
    input: json('input').$type<ScoreInput>().notNull(),
    score: json('score').$type<Score>().notNull(),
    /** Null where the session has no recording. */
    analysis: json('analysis').$type<ScoredAnalysis>(),
    computedAt: moment('computed_at').notNull().defaultNow(),
  },
  ({ id, sessionId, configurationId, version, chosenBy, overall }) => [
    index('scores_of_session').on(sessionId, id),
    check('scores_overall', sql`${overall} between 0 and 100`),
    check('scores_chosen_by', sql`${chosenBy} in ('session', 'patient', 'active', 'default')`),
    foreignKey({
      name: 'scores_version_fk',
      columns: [configurationId, version],
      foreignColumns: [configurationVersions.configurationId, configurationVersions.version],
    }),
  ],
)
