/** A trend as REST shows it. */
import * as v from 'valibot'
import { NextCursor } from '../../../src/sdk.ts'
import { PatientCode, SideName } from '../../clinical-records/index.ts'
import { MvcResolutionSchema } from '../../mvc-cascade/index.ts'
import { AdherenceSchema, NormalisedAmplitudeSchema } from '../../performance-scoring/index.ts'

const instant = v.pipe(v.string(), v.isoTimestamp())
const id = v.pipe(v.string(), v.uuid())
const count = v.nullable(v.number())
const described = <S extends v.GenericSchema>(schema: S, text: string) => v.pipe(schema, v.description(text))
const Reason = described(v.nullable(v.string()), 'Why it is null; null where it is not')

const Figure = v.object({ value: v.nullable(v.number()), reason: Reason })

export const TrendScore = v.object({
  id,
  computedAt: instant,
  overall: described(Figure, '0 to 100, in %'),
  components: v.object({ compliance: Figure, symmetry: Figure, effort: Figure, game: Figure }),
  scoringVersion: v.string(),
  configuration: v.object({ id: v.string(), version: v.number(), name: v.string() }),
})

const { source, value: mvcValue } = MvcResolutionSchema.entries
const { muscle, side, ...amplitude } = NormalisedAmplitudeSchema.entries

const Muscle = v.object({
  muscle,
  side: SideName,
  amplitude: described(
    v.object({ ...amplitude, mvcSource: source, mvc: mvcValue }),
    'Mean of the contractions’ amplitudes in % of the MVC that is in force for the session now',
  ),
  contractions: v.object({
    total: described(count, 'null: they could not be counted'),
    meetsMvc: count,
    meetsDuration: count,
    good: described(count, 'Both, or the one that is known'),
    meanDurationMs: v.nullable(v.number()),
    target: v.object({
      contractions: described(count, 'How many were to be made'),
      durationMs: described(v.nullable(v.number()), 'How long each was to last'),
      mvcPercent: described(v.nullable(v.number()), 'How strong each was to be'),
    }),
  }),
  medianFrequencySlope: described(
    v.object({
      value: v.nullable(v.number()),
      unit: v.literal('%/min'),
      p: described(v.nullable(v.number()), 'Two-sided, of no slope'),
      n: described(v.number(), 'Points that it was fitted to'),
      significant: v.nullable(v.boolean()),
      valid: described(v.boolean(), 'Whether it may be read as fatigue, if the contractions were isometric'),
      basis: v.nullable(v.string()),
      reason: described(v.nullable(v.string()), 'Why it is null, or not valid'),
    }),
    'Of the intercept of the regression',
  ),
  quality: v.picklist(['good', 'usable', 'poor']),
})

const Symmetry = v.object({
  muscle: v.string(),
  of: described(v.picklist(['mvc-percent', 'amplitude']), 'What of both sides is compared'),
  leftValue: v.nullable(v.number()),
  rightValue: v.nullable(v.number()),
  robinsonIndex: Figure,
  limbSymmetryIndex: Figure,
  symmetryAngle: Figure,
  ghostlySymmetry: Figure,
})

/** In what two points of a trend may differ, so that they do not compare the same. */
export const DIFFERENCES = [
  'preset',
  'pipeline version',
  'parameters',
  'plugins',
  'scoring configuration',
  'scoring version',
] as const

const Point = v.object({
  sessionId: id,
  startedAt: instant,
  status: v.string(),
  analysis: v.nullable(
    v.object({
      id,
      completedAt: instant,
      preset: v.string(),
      pipelineVersion: v.string(),
      parametersHash: described(v.string(), 'Two of one hash were made with the same parameters'),
      plugins: v.array(v.object({ name: v.string(), version: v.string() })),
    }),
  ),
  analysisReason: Reason,
  muscles: described(v.array(Muscle), 'One for each channel'),
  symmetry: v.array(Symmetry),
  score: described(v.nullable(TrendScore), 'The newest that is stored'),
  scoreReason: Reason,
  adherence: described(
    v.object(AdherenceSchema.entries),
    'As it was when the session began, itself included',
  ),
  differs: described(
    v.array(v.picklist(DIFFERENCES)),
    'In what it was made otherwise than the newest of this answer: such points do not compare',
  ),
})

export const TrendSchema = v.object({
  sessions: described(v.array(Point), 'Oldest first: the newest 200, or those before `cursor`'),
  nextCursor: described(NextCursor, 'Leads to the sessions before these; null where there are none'),
})

export const TrendAnswer = v.object({ patientCode: PatientCode, ...TrendSchema.entries })

/** The sessions of a patient, one after the other. */
export type Trend = v.InferOutput<typeof TrendSchema>
export type TrendPoint = Trend['sessions'][number]
export type Difference = (typeof DIFFERENCES)[number]
