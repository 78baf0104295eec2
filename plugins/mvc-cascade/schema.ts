/** What clients send about MVC values, and what they get. */

import * as v from 'valibot'
import { Instant, NextCursor, PageLimit, textOf } from '../../src/sdk.ts'
import { RecordingId } from '../c3d-reader/index.ts'
import { MuscleName, PatientCode, SideName } from '../clinical-records/index.ts'
import { type MvcLimits, PLAUSIBLE } from './limits.ts'
import { FLAGS, MvcRecordSchema, MvcTrialSchema } from './records/record.ts'
import { MvcResolutionSchema } from './resolve/resolution.ts'

const RecordedBy = v.optional(
  v.pipe(v.nullable(textOf(100)), v.description('Who says so; as the client has it')),
  null,
)

const ValidFrom = v.optional(
  v.pipe(v.nullable(Instant), v.description('When it was measured, from when on it holds; absent: now')),
  null,
)

const ValidUntil = v.optional(
  v.pipe(
    v.nullable(Instant),
    v.description('Holds until then; absent: a manual value until another, a calibration as configured'),
  ),
  null,
)

export const ManualMvcBody = v.strictObject({
  muscle: MuscleName,
  side: SideName,
  value: v.pipe(
    v.nullable(v.pipe(v.number(), v.finite())),
    v.description('1 uV to 10 mV; null withdraws the manual value in force'),
  ),
  unit: v.pipe(v.picklist(['V', 'mV', 'uV']), v.description('Of `value`')),
  method: v.optional(
    v.pipe(textOf(200), v.description('How it was determined, in the words of the clinic')),
    'manual',
  ),
  recordedBy: RecordedBy,
  validFrom: ValidFrom,
  validUntil: ValidUntil,
})

const milliseconds = v.pipe(v.number(), v.finite(), v.minValue(0))

const Trials = v.pipe(
  v.array(
    v.pipe(
      v.strictObject({ startMs: milliseconds, endMs: milliseconds }),
      v.check(({ startMs, endMs }) => endMs > startMs, 'expected endMs after startMs'),
    ),
  ),
  v.minLength(1),
  v.maxLength(100),
  v.description('Trials in ms from the first sample; absent: they are looked for'),
)

const channel = v.pipe(
  v.union([
    v.pipe(v.number(), v.integer(), v.minValue(0)),
    v.pipe(v.string(), v.minLength(1), v.maxLength(255)),
  ]),
  v.description('Its index in the recording, or its name'),
)

const Channel = v.strictObject({
  channel,
  muscle: MuscleName,
  side: SideName,
  trials: v.optional(Trials),
})

const areDistinct = (channels: readonly v.InferOutput<typeof Channel>[]): boolean =>
  new Set(channels.map(({ muscle, side }) => `${side} ${muscle}`)).size === channels.length

export const CalibrationBody = v.strictObject({
  recordingId: RecordingId,
  patientCode: PatientCode,
  channels: v.pipe(
    v.array(Channel),
    v.minLength(1),
    v.maxLength(64),
    v.check((channels) => areDistinct(channels), 'a muscle and side is named twice'),
  ),
  trials: v.optional(v.pipe(Trials, v.description('Trials of all channels that name none of their own'))),
  recordedBy: RecordedBy,
  validFrom: ValidFrom,
  validUntil: ValidUntil,
})

export const PreviewBody = v.strictObject({
  recordingId: RecordingId,
  channels: v.pipe(
    v.array(v.strictObject({ channel, trials: v.optional(Trials) })),
    v.minLength(1),
    v.maxLength(64),
  ),
})

export type ManualMvc = v.InferOutput<typeof ManualMvcBody>
export type CalibrationRequest = v.InferOutput<typeof CalibrationBody>

export const MvcValuesQuery = v.object({
  at: v.optional(v.pipe(Instant, v.description('The time in question; absent: now'))),
})

export const PatientMvcSchema = v.object({
  patientCode: PatientCode,
  at: v.pipe(v.string(), v.isoTimestamp()),
  validityDays: v.pipe(v.number(), v.description('Days that a calibration holds, as configured')),
  items: v.pipe(
    v.array(v.object({ muscle: v.string(), side: SideName, ...MvcResolutionSchema.entries })),
    v.description('Every muscle and side with a record or a target, in this order'),
  ),
})

export const MvcDefaultsSchema = v.object({
  validityDays: v.pipe(v.number(), v.description('Days that a calibration holds, as configured')),
  defaultValue: v.pipe(
    v.nullable(v.number()),
    v.description('MVC of muscles that nothing is known of, as configured; null: they have none'),
  ),
  plausible: v.pipe(
    v.object({ least: v.number(), most: v.number() }),
    v.description('What an MVC may be, bounds included; other values are refused or passed over'),
  ),
  unit: v.pipe(v.literal('V'), v.description('Of all values')),
})

/** What holds for all MVC values. */
export type MvcDefaults = v.InferOutput<typeof MvcDefaultsSchema>

/** What is decided of all MVC values, by the clinic and by physiology. */
export const defaultsOf = ({ validityDays, defaultValue }: MvcLimits): MvcDefaults => ({
  validityDays,
  defaultValue,
  plausible: { least: PLAUSIBLE.least, most: PLAUSIBLE.most },
  unit: 'V',
})

export const HistoryQuery = v.object({
  limit: PageLimit,
  cursor: v.optional(
    v.pipe(v.string(), v.regex(/^\d{1,15}$/, 'expected the nextCursor of a page'), v.transform(Number)),
  ),
  muscle: v.optional(MuscleName),
  side: v.optional(SideName),
})

export const HistoryPage = v.object({ items: v.array(MvcRecordSchema), nextCursor: NextCursor })

export const CalibrationAnswer = v.object({ items: v.array(MvcRecordSchema) })

export const PreviewAnswer = v.object({
  items: v.pipe(
    v.array(
      v.object({
        channel,
        value: v.pipe(v.nullable(v.number()), v.description('null where the channel gives no MVC')),
        unit: v.literal('V'),
        unitBasis: v.nullable(MvcRecordSchema.entries.unitBasis),
        trials: v.array(MvcTrialSchema),
        spreadPercent: v.nullable(v.number()),
        flags: v.array(v.picklist(FLAGS)),
        reason: v.pipe(
          v.nullable(v.string()),
          v.description('Why there is no value; null where there is one'),
        ),
      }),
    ),
    v.description('One for each channel of the request, in its order'),
  ),
})
