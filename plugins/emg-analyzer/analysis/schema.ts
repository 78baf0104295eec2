/** The shape of an analysis: what `analyze --json` prints and REST answers. */
import * as v from 'valibot'
import { PluginStampSchema } from '../../c3d-reader/index.ts'
import { SideName } from '../../clinical-records/index.ts'
import { MvcResolutionSchema } from '../../mvc-cascade/index.ts'
import { ChannelAssignmentSchema } from './channels/assign.ts'
import { ContractionEditSchema } from './edits.ts'
import { AnalysisParametersSchema } from './parameters.ts'
import { TargetsSchema } from './targets.ts'

const described = <S extends v.GenericSchema>(schema: S, description: string) =>
  v.pipe(schema, v.description(description))
const nullable = <S extends v.GenericSchema>(schema: S, description: string) =>
  v.pipe(v.nullable(schema), v.description(description))

const number = v.number()
const milliseconds = described(number, 'ms from the first sample')
const amplitude = described(number, 'In the channel’s unit')
const count = v.pipe(number, v.integer())
const bandHz = v.tuple([number, number])

const Contraction = v.object({
  startMs: milliseconds,
  endMs: milliseconds,
  durationMs: number,
  source: described(v.picklist(['detected', 'edited']), 'Whether somebody set or moved it'),
  meanAmplitude: nullable(amplitude, 'Mean of the envelope, gaps left out'),
  maxAmplitude: nullable(amplitude, 'Largest value of the envelope'),
  mvcAmplitude: nullable(amplitude, 'What is held against the MVC: see `mvcMethod` of the parameters'),
  mvcPercent: nullable(number, '… in % of the MVC; over 100 is no error'),
  meetsMvc: nullable(v.boolean(), 'Whether it reaches the target share of the MVC; null: MVC not known'),
  meetsDuration: nullable(v.boolean(), 'Whether it lasts as long as the target; null: no target'),
  isGood: nullable(v.boolean(), 'Both of them, or the one that is known; null: neither is'),
})

const figure = {
  unit: v.string(),
  over: described(v.picklist(['recording', 'contractions']), 'Samples it is computed from'),
  n: described(count, 'How many samples'),
}

const MetricFigure = v.union([
  v.object({ value: number, ...figure }),
  v.object({ value: v.null(), ...figure, reason: v.string() }),
])

const WindowStatistics = v.object({
  mean: v.nullable(number),
  sd: nullable(number, 'Of the sample, n - 1'),
  min: v.nullable(number),
  max: v.nullable(number),
  coefficientOfVariation: v.nullable(number),
  n: described(count, 'Windows that have a value'),
  unit: v.string(),
  reason: v.optional(v.string()),
})

const BurstStatistics = v.object({
  count,
  meanDurationMs: v.nullable(number),
  sdDurationMs: v.nullable(number),
  minDurationMs: v.nullable(number),
  maxDurationMs: v.nullable(number),
  timeUnderTensionMs: number,
  dutyCyclePercent: v.nullable(number),
  meanRestMs: nullable(number, 'From the end of a contraction to the beginning of the next'),
  perMinute: v.nullable(number),
})

const FatiguePoint = v.object({
  atMs: described(number, 'Middle of the contraction or window'),
  medianFrequency: described(number, 'Hz'),
  meanFrequency: described(number, 'Hz'),
  rms: amplitude,
  dimitrovIndex: described(number, '1/Hz⁶'),
})

const Slope = v.object({
  slope: v.nullable(number),
  unit: v.string(),
  percentPerMinute: nullable(number, 'Of the intercept'),
  intercept: v.nullable(number),
  r2: v.nullable(number),
  p: nullable(number, 'Two-sided, of no slope'),
  n: count,
  significant: nullable(v.boolean(), 'p under 0.05'),
})

const Jasa = v.object({
  quadrant: v.picklist(['fatigue', 'force increase', 'force decrease', 'recovery']),
  significant: described(v.boolean(), 'Whether both slopes are'),
})

const Fatigue = v.object({
  valid: described(
    v.boolean(),
    'Whether the slopes may be read as fatigue, if the contractions were isometric',
  ),
  reason: v.optional(v.string()),
  basis: nullable(
    v.picklist(['contractions', 'windows', 'recording']),
    'Points are contractions, windows within them, or windows of a recording without any',
  ),
  points: v.array(FatiguePoint),
  slopes: v.nullable(
    v.object({ medianFrequency: Slope, meanFrequency: Slope, rms: Slope, dimitrovIndex: Slope }),
  ),
  jasa: nullable(Jasa, 'Joint analysis of spectrum and amplitude'),
  dimitrovRatio: nullable(number, 'Index of the last point over that of the first'),
})

const Quality = v.object({
  verdict: v.picklist(['good', 'usable', 'poor']),
  reasons: v.array(
    v.object({ check: v.string(), status: v.picklist(['usable', 'poor']), message: v.string() }),
  ),
  checks: v.record(
    v.string(),
    v.object({
      status: v.picklist(['good', 'usable', 'poor', 'unknown']),
      value: v.nullable(number),
      unit: v.string(),
      reason: v.optional(v.string()),
      details: v.optional(v.unknown()),
    }),
  ),
  dropouts: v.object({
    count,
    totalMs: number,
    blocks: described(
      v.array(v.object({ startMs: milliseconds, endMs: milliseconds, samples: count })),
      'The first hundred',
    ),
  }),
  clippedPercent: described(number, 'Share of the samples outside of dropouts'),
  nonFinite: described(count, 'Samples that are no number; left out'),
})

const Mvc = v.object({
  ...MvcResolutionSchema.entries,
  targetPercent: described(number, 'Share of the MVC that a contraction is to reach'),
  threshold: nullable(number, 'That share, in V'),
})

const ChannelAnalysis = v.object({
  index: described(count, 'Place in the file, from 0'),
  name: v.string(),
  label: v.string(),
  muscle: nullable(v.string(), 'In the field’s terms; null: not known'),
  side: v.nullable(SideName),
  anatomyBasis: nullable(v.picklist(['assigned', 'label']), 'Where muscle and side are from'),
  unit: v.string(),
  unitBasis: described(v.picklist(['declared', 'assumed']), 'Whether the file states the unit'),
  rate: described(number, 'Samples per second that was used'),
  samples: count,
  durationS: number,
  band: nullable(bandHz, 'Corners of the filter in Hz'),
  spectra: nullable(
    v.object({
      segmentSamples: count,
      resolutionHz: number,
      band: nullable(bandHz, 'Band that frequencies are read in; null: all'),
      dimitrovBand: nullable(bandHz, 'Band of Dimitrov’s index; null: all above 0 Hz'),
    }),
    'How spectra were taken',
  ),
  thresholds: nullable(v.record(v.string(), number), 'Levels that decided on contractions'),
  activatedAgreement: nullable(
    number,
    'Share of the contractions’ samples at which the device’s own picture is active, in %: evidence, not truth',
  ),
  contractions: v.array(Contraction),
  bursts: BurstStatistics,
  metrics: v.record(v.string(), MetricFigure),
  windows: nullable(v.record(v.string(), WindowStatistics), 'Statistics over windows, where asked for'),
  fatigue: v.nullable(Fatigue),
  mvc: v.nullable(Mvc),
  target: v.object({
    durationMs: nullable(number, 'How long a contraction is to last'),
    contractions: nullable(count, 'How many are to be made'),
  }),
  quality: Quality,
})

const Index = v.union([v.object({ value: number }), v.object({ value: v.null(), reason: v.string() })])

const SymmetryPair = v.object({
  kind: v.literal('symmetry'),
  muscle: v.string(),
  left: described(count, 'Place of the left channel'),
  right: described(count, 'Place of the right channel'),
  of: described(
    v.picklist(['mvc-percent', 'amplitude']),
    'RMS of the contractions in % of the MVC, or as it is',
  ),
  leftValue: v.nullable(number),
  rightValue: v.nullable(number),
  robinsonIndex: Index,
  limbSymmetryIndex: Index,
  symmetryAngle: Index,
  ghostlySymmetry: Index,
})

const CoContractionPair = v.object({
  kind: v.literal('co-contraction'),
  muscles: v.tuple([v.string(), v.string()]),
  side: SideName,
  channels: v.tuple([count, count]),
  normalisation: described(v.picklist(['mvc', 'peak']), 'What the envelopes are divided by'),
  falconerWinter: described(Index, '%'),
  rudolph: Index,
})

const Note = v.object({ code: v.string(), message: v.string() })

/** The schema of an analysis; every field that needs it has a description. */
export const RecordingAnalysisSchema = v.object({
  preset: v.string(),
  pipelineVersion: v.string(),
  plugins: described(
    v.array(PluginStampSchema),
    'Whose code has made it: format, detector, metrics, quality checks, preset',
  ),
  parameters: AnalysisParametersSchema,
  targets: TargetsSchema,
  assignments: v.array(ChannelAssignmentSchema),
  edits: v.array(ContractionEditSchema),
  affectedSide: nullable(v.picklist(['left', 'right']), 'As stated, for the limb symmetry index'),
  channels: v.array(ChannelAnalysis),
  pairs: v.array(v.union([SymmetryPair, CoContractionPair])),
  exclusions: v.array(v.object({ index: count, name: v.string(), code: v.string(), reason: v.string() })),
  warnings: v.array(Note),
})

/** The analysis of a recording, as JSON. What could not be measured is null, beside a reason. */
export type RecordingAnalysis = v.InferOutput<typeof RecordingAnalysisSchema>

/** The analysis of one EMG channel. Amplitudes are in the unit of the channel. */
export type ChannelAnalysis = RecordingAnalysis['channels'][number]
export type ChannelQuality = v.InferOutput<typeof Quality>
export type ContractionResult = v.InferOutput<typeof Contraction>
export type MetricFigure = v.InferOutput<typeof MetricFigure>
export type WindowStatistics = v.InferOutput<typeof WindowStatistics>
export type BurstStatistics = v.InferOutput<typeof BurstStatistics>
export type FatiguePoint = v.InferOutput<typeof FatiguePoint>
export type Slope = v.InferOutput<typeof Slope>
export type Jasa = v.InferOutput<typeof Jasa>
export type Fatigue = v.InferOutput<typeof Fatigue>
export type ChannelMvc = v.InferOutput<typeof Mvc>
export type Pair = RecordingAnalysis['pairs'][number]
export type AnalysisNote = RecordingAnalysis['warnings'][number]
