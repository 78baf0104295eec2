/** Where MVC records stand in PostgreSQL. The table only grows: a trigger refuses every change of what was entered. */
import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigint,
  check,
  doublePrecision,
  index,
  integer,
  json,
  pgSchema,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import type { MvcFlag, MvcTrial } from './records/record.ts'

export const mvcCascadeSchema = pgSchema('mvc_cascade')

export const mvcRecords = mvcCascadeSchema.table(
  'mvc_records',
  {
    id: uuid('id').primaryKey(),
    /** The order they were entered in. */
    entry: bigint('entry', { mode: 'number' }).notNull().unique().generatedAlwaysAsIdentity(),
    /**
     * Its foreign key, to clinical_records.patients, is written in the migration by hand, as is that of the recording
     * to c3d_reader.recordings: drizzle-kit cannot load other plugins.
     */
    patientId: uuid('patient_id').notNull(),
    /** Lower case, single-spaced. */
    muscle: text('muscle').notNull(),
    side: text('side', { enum: ['left', 'right', 'none'] }).notNull(),
    /** V; null withdraws the manual value before it. */
    value: doublePrecision('value'),
    /** Whether the unit was declared where the value is from, or V was assumed. */
    unitBasis: text('unit_basis', { enum: ['declared', 'assumed'] }).notNull(),
    source: text('source', { enum: ['manual', 'calibration'] }).notNull(),
    method: text('method').notNull(),
    recordingId: uuid('recording_id'),
    channelIndex: integer('channel_index'),
    channelName: text('channel_name'),
    trials: json('trials').$type<MvcTrial[]>(),
    spreadPercent: doublePrecision('spread_percent'),
    flags: text('flags').array().$type<MvcFlag[]>().notNull(),
    /** As the client says it. */
    recordedBy: text('recorded_by'),
    recordedAt: timestamp('recorded_at', { withTimezone: true, mode: 'date' }).notNull(),
    validFrom: timestamp('valid_from', { withTimezone: true, mode: 'date' }).notNull(),
    validUntil: timestamp('valid_until', { withTimezone: true, mode: 'date' }),
    /** The record of the same muscle, side and source whose place it takes. */
    supersedes: uuid('supersedes').references((): AnyPgColumn => mvcRecords.id),
  },
  (t) => [
    index('mvc_records_of_patient').on(t.patientId, t.entry),
    check('mvc_records_muscle_normalised', sql`${t.muscle} !~ '^ | $|  |[[:cntrl:]]' and ${t.muscle} <> ''`),
    check('mvc_records_side', sql`${t.side} in ('left', 'right', 'none')`),
    check('mvc_records_source', sql`${t.source} in ('manual', 'calibration')`),
    check('mvc_records_unit_basis', sql`${t.unitBasis} in ('declared', 'assumed')`),
    check('mvc_records_value_plausible', sql`${t.value} between 1e-6 and 1e-2`),
    check('mvc_records_validity', sql`${t.validUntil} > ${t.validFrom}`),
    check(
      'mvc_records_withdrawal',
      sql`${t.value} is not null or (${t.source} = 'manual' and ${t.supersedes} is not null)`,
    ),
    check(
      'mvc_records_calibration',
      sql`(${t.source} = 'calibration') = (${t.recordingId} is not null and ${t.channelIndex} is not null and ${t.channelName} is not null and ${t.trials} is not null)`,
    ),
  ],
)
