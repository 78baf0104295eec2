/** A stored MVC value in the one shape that the store, the cache and REST share. Values are in V. */
import * as v from 'valibot'
import { PatientCode, SideName } from '../../clinical-records/index.ts'

/** What a calibration noticed, worst first. */
export const FLAGS = ['CLIPPED', 'SPREAD_OVER_10', 'ONE_TRIAL', 'UNIT_ASSUMED'] as const

/** A reservation about a record. */
export type MvcFlag = (typeof FLAGS)[number]

const time = (description: string) => v.pipe(v.string(), v.isoTimestamp(), v.description(description))

export const MvcTrialSchema = v.object({
  startMs: v.number(),
  endMs: v.number(),
  value: v.pipe(v.number(), v.description('V, the largest 500 ms RMS')),
  clippedPercent: v.pipe(v.number(), v.description('Samples at the rail of the amplifier')),
})

export const MvcRecordSchema = v.object({
  id: v.pipe(v.string(), v.uuid()),
  patientCode: PatientCode,
  muscle: v.string(),
  side: SideName,
  value: v.pipe(v.nullable(v.number()), v.description('null: withdraws the manual value before it')),
  unit: v.literal('V'),
  unitBasis: v.pipe(
    v.picklist(['declared', 'assumed']),
    v.description('`assumed`: the recording names no unit, and V was taken'),
  ),
  source: v.pipe(
    v.picklist(['manual', 'calibration']),
    v.description('Entered by hand, or measured from an MVC recording'),
  ),
  method: v.string(),
  recordingId: v.nullable(v.pipe(v.string(), v.uuid())),
  channel: v.nullable(v.object({ index: v.number(), name: v.string() })),
  trials: v.pipe(v.nullable(v.array(MvcTrialSchema)), v.description('Of a calibration')),
  spreadPercent: v.pipe(
    v.nullable(v.number()),
    v.description('(largest - smallest trial) / largest; null for fewer than two trials'),
  ),
  flags: v.array(v.picklist(FLAGS)),
  recordedBy: v.nullable(v.string()),
  recordedAt: time('When it was entered'),
  validFrom: time('Holds from then on: when it was measured'),
  validUntil: v.pipe(
    v.nullable(v.pipe(v.string(), v.isoTimestamp())),
    v.description('Holds until then; null: a manual value until another, a calibration as configured'),
  ),
  supersedes: v.pipe(
    v.nullable(v.pipe(v.string(), v.uuid())),
    v.description('The record whose place it took; null for the first'),
  ),
})

/** One trial of a calibration. */
export type MvcTrial = v.InferOutput<typeof MvcTrialSchema>

/** An MVC value that somebody entered or a calibration gave. Records are never changed, only superseded. */
export type MvcRecord = v.InferOutput<typeof MvcRecordSchema>
