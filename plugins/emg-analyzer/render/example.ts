/** Analyses for tests, as the analyser gives them. */
import { burstStatistics } from '../analysis/bursts.ts'
import { type ChannelAnalysis, DEFAULT_TARGETS, type RecordingAnalysis } from '../analysis/index.ts'

const contraction = (startMs: number, endMs: number): ChannelAnalysis['contractions'][number] => ({
  startMs,
  endMs,
  durationMs: endMs - startMs,
  source: 'detected',
  meanAmplitude: 1e-4,
  maxAmplitude: 1.2e-4,
  mvcAmplitude: 1.1e-4,
  mvcPercent: null,
  meetsMvc: null,
  meetsDuration: null,
  isGood: null,
})

const figure = (value: number): ChannelAnalysis['metrics'][string] => ({
  value,
  unit: 'V',
  over: 'recording',
  n: 10_000,
})

export const exampleChannel = (changes: Partial<ChannelAnalysis> = {}): ChannelAnalysis => ({
  index: 0,
  name: 'R VL',
  label: 'R VL',
  muscle: 'vastus lateralis',
  side: 'right',
  anatomyBasis: 'label',
  unit: 'V',
  unitBasis: 'declared',
  rate: 1000,
  samples: 10_000,
  durationS: 10,
  band: [20, 450],
  spectra: null,
  thresholds: { onset: 1e-5, boundary: 5e-6 },
  activatedAgreement: null,
  bursts: burstStatistics([], 10_000, 1000),
  windows: null,
  fatigue: null,
  mvc: null,
  target: { durationMs: null, contractions: null },
  contractions: [contraction(1000, 3000), contraction(5000, 6000)],
  metrics: {
    rms: figure(7.49e-5),
    mav: figure(3.97e-5),
    peak: figure(1.26e-4),
  },
  quality: {
    verdict: 'good',
    reasons: [],
    checks: {},
    dropouts: { count: 0, totalMs: 0, blocks: [] },
    clippedPercent: 0,
    nonFinite: 0,
  },
  ...changes,
})

/** A figure that there is not. */
export const missing = (reason: string): ChannelAnalysis['metrics'][string] => ({
  value: null,
  unit: 'V',
  over: 'recording',
  n: 0,
  reason,
})

/** A channel that could not be analysed. */
export const withoutFigures = (reason: string): ChannelAnalysis =>
  exampleChannel({
    band: null,
    thresholds: null,
    contractions: [],
    metrics: Object.fromEntries(['rms', 'mav', 'peak'].map((id) => [id, missing(reason)])),
  })

/** @param parameters as planned; an analysis repeats them */
export const exampleAnalysis = (
  parameters: RecordingAnalysis['parameters'],
  changes: Partial<RecordingAnalysis> = {},
): RecordingAnalysis => ({
  preset: 'clinical',
  pipelineVersion: '1.0.0',
  plugins: [{ name: 'emg-analyzer', version: '1.0.0', hash: null }],
  parameters,
  targets: DEFAULT_TARGETS,
  assignments: [],
  edits: [],
  affectedSide: null,
  channels: [exampleChannel()],
  pairs: [],
  exclusions: [],
  warnings: [],
  ...changes,
})
