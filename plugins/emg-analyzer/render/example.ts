/** Analyses for tests, as the analyser gives them. */
import type { ChannelAnalysis, RecordingAnalysis } from '../analysis/index.ts'

const contraction = (startMs: number, endMs: number): ChannelAnalysis['contractions'][number] => ({
  startMs,
  endMs,
  durationMs: endMs - startMs,
  meanAmplitude: 1e-4,
  maxAmplitude: 1.2e-4,
})

export const exampleChannel = (changes: Partial<ChannelAnalysis> = {}): ChannelAnalysis => ({
  index: 0,
  name: 'R VL',
  label: 'R VL',
  unit: 'V',
  unitBasis: 'declared',
  rate: 1000,
  samples: 10_000,
  durationS: 10,
  band: [20, 450],
  thresholds: { onset: 1e-5, boundary: 5e-6 },
  contractions: [contraction(1000, 3000), contraction(5000, 6000)],
  metrics: {
    rms: { value: 7.49e-5, unit: 'V' },
    mav: { value: 3.97e-5, unit: 'V' },
    peak: { value: 1.26e-4, unit: 'V' },
  },
  quality: { dropouts: { count: 0, totalMs: 0, blocks: [] }, clippedPercent: 0, nonFinite: 0 },
  ...changes,
})

/** A channel that could not be analysed. */
export const withoutFigures = (reason: string): ChannelAnalysis =>
  exampleChannel({
    band: null,
    thresholds: null,
    contractions: [],
    metrics: Object.fromEntries(['rms', 'mav', 'peak'].map((id) => [id, { value: null, unit: 'V', reason }])),
  })

/** @param parameters as planned; an analysis repeats them */
export const exampleAnalysis = (
  parameters: RecordingAnalysis['parameters'],
  changes: Partial<RecordingAnalysis> = {},
): RecordingAnalysis => ({
  preset: 'clinical',
  pipelineVersion: '1.0.0',
  parameters,
  channels: [exampleChannel()],
  exclusions: [],
  warnings: [],
  ...changes,
})
