/** The shape of an analysis: what `analyze --json` prints and REST answers. */
import * as v from 'valibot'
import { AnalysisParametersSchema, PRESET_NAMES } from './parameters.ts'

const milliseconds = v.pipe(v.number(), v.description('ms from the first sample'))
const amplitude = v.pipe(v.number(), v.description('In the channel’s unit'))

const Contraction = v.object({
  startMs: milliseconds,
  endMs: milliseconds,
  durationMs: v.number(),
  meanAmplitude: v.pipe(v.nullable(amplitude), v.description('Mean of the linear envelope, gaps left out')),
  maxAmplitude: v.pipe(v.nullable(amplitude), v.description('Largest value of the linear envelope')),
})

const MetricValue = v.union([
  v.object({ value: v.number(), unit: v.string() }),
  v.object({ value: v.null(), unit: v.string(), reason: v.string() }),
])

const ChannelAnalysis = v.object({
  index: v.pipe(v.number(), v.integer(), v.description('Place in the file, from 0')),
  name: v.string(),
  label: v.string(),
  unit: v.string(),
  unitBasis: v.pipe(v.picklist(['declared', 'assumed']), v.description('Whether the file states the unit')),
  rate: v.pipe(v.number(), v.description('Samples per second that was used')),
  samples: v.pipe(v.number(), v.integer()),
  durationS: v.number(),
  band: v.pipe(
    v.nullable(v.tuple([v.number(), v.number()])),
    v.description('Corners of the band-pass in Hz'),
  ),
  thresholds: v.nullable(v.object({ onset: amplitude, boundary: amplitude })),
  contractions: v.array(Contraction),
  metrics: v.record(v.string(), MetricValue),
  quality: v.object({
    dropouts: v.object({
      count: v.number(),
      totalMs: v.number(),
      blocks: v.array(v.object({ startMs: milliseconds, endMs: milliseconds, samples: v.number() })),
    }),
    clippedPercent: v.pipe(v.number(), v.description('Share of the samples outside of dropouts')),
    nonFinite: v.pipe(v.number(), v.description('Samples that are no number; left out')),
  }),
})

const Note = v.object({ code: v.string(), message: v.string() })

export const RecordingAnalysisSchema = v.object({
  preset: v.picklist(PRESET_NAMES),
  pipelineVersion: v.string(),
  parameters: AnalysisParametersSchema,
  channels: v.array(ChannelAnalysis),
  exclusions: v.array(
    v.object({ index: v.number(), name: v.string(), code: v.string(), reason: v.string() }),
  ),
  warnings: v.array(Note),
})

export type RecordingAnalysis = v.InferOutput<typeof RecordingAnalysisSchema>
export type ChannelAnalysis = RecordingAnalysis['channels'][number]
export type AnalysisNote = RecordingAnalysis['warnings'][number]
