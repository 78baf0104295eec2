/** What was added to the analyzer, each thing with the test of its kind. */
import * as v from 'valibot'
import { type Contribution, messageOf } from '../../../src/sdk.ts'
import type { Recording } from '../../c3d-reader/index.ts'
import type { Detector } from '../analysis/detectors/detector.ts'
import { detectionOf, findingOf, measuredOf } from '../analysis/foreign/answers.ts'
import { RecordingAnalysisSchema } from '../analysis/index.ts'
import { measureOf } from '../analysis/metrics/evaluate.ts'
import type { Metric } from '../analysis/metrics/metric.ts'
import type { Preset } from '../analysis/presets.ts'
import type { QualityCheck } from '../analysis/quality/check.ts'
import type { AnalysisSection } from '../sections.ts'
import type { Analyzer } from '../service.ts'
import {
  checkInputs,
  detectorInputs,
  metricInput,
  NO_SAMPLES,
  RECORDING_RATE,
  recordingSamples,
  SIGNALS,
} from './signals.ts'
import { steadyFaults } from './steady.ts'

const metricFaults = (metric: Metric, by: string): string[] => [
  ...SIGNALS.flatMap((signal) =>
    steadyFaults(
      signal.name,
      metricInput(signal),
      (input) => metric.compute(input),
      (answer) => measuredOf(answer, metric.id, by),
    ),
  ),
  // Where there are no samples, the pipeline says so in place of the metric.
  ...steadyFaults(
    NO_SAMPLES.name,
    { ...metricInput(NO_SAMPLES), n: 0 },
    (input) => measureOf(metric, input),
    (answer) => measuredOf(answer, metric.id, by),
  ),
]

const detectorFaults = (detector: Detector, by: string): string[] => {
  if (!v.is(detector.parameters, detector.defaults)) return ['its defaults are no parameters of its own']
  return SIGNALS.flatMap((signal) =>
    detectorInputs(signal).flatMap((input) =>
      steadyFaults(
        signal.name,
        { input, parameters: structuredClone(detector.defaults) },
        (given) => detector.detect(given.input, given.parameters),
        (answer) => detectionOf(answer, detector.id, by, input.envelope.length),
      ),
    ),
  )
}

const checkFaults = (check: QualityCheck, by: string): string[] =>
  SIGNALS.flatMap((signal) =>
    checkInputs(signal).flatMap((input) =>
      steadyFaults(
        signal.name,
        input,
        (given) => check.assess(given),
        (answer) => findingOf(answer, check.id, by),
      ),
    ),
  )

/** One channel of EMG with contractions in it. */
function recording(): Recording {
  const samples = recordingSamples()
  const channel = {
    index: 0,
    label: 'EMG1',
    name: 'EMG1',
    description: '',
    unit: 'V',
    rate: RECORDING_RATE,
    length: samples.length,
    forcePlate: false,
    samples: () => samples.slice(),
  }
  return {
    format: 'synthetic',
    channels: [channel],
    durationS: samples.length / RECORDING_RATE,
    warnings: [],
    describe: () => ({ analogLabels: [channel.label] }),
  }
}

async function presetFaults({ id }: Preset, analyzer: Analyzer): Promise<string[]> {
  try {
    const run = () => analyzer.analyze(recording(), analyzer.plan({ preset: id }))
    const first = await run()
    const result = v.safeParse(RecordingAnalysisSchema, first)
    if (!result.success) return [`an analysis by it is malformed: ${result.issues[0].message}`]
    return Bun.deepEquals(await run(), first) ? [] : ['an analysis by it is another one the second time']
  } catch (error) {
    return [`nothing can be analysed by it: ${messageOf(error)}`]
  }
}

async function sectionFaults(section: AnalysisSection, analyzer: Analyzer): Promise<string[]> {
  const { analyze, plan, defaultPreset } = analyzer
  const analysis = await analyze(recording(), plan({ preset: defaultPreset }))
  const before = JSON.stringify(analysis)
  try {
    const part = await section.compute(analysis, { session: null })
    const result = v.safeParse(section.schema, part)
    if (!result.success) return [`its own schema refuses it: ${result.issues[0].message}`]
    return JSON.stringify(analysis) === before ? [] : ['it writes into the analysis']
  } catch (error) {
    return [`it cannot be computed for a recording without a session: ${messageOf(error)}`]
  }
}

/** See {@link Contribution}. */
export function analyzerContributions(analyzer: Analyzer): Contribution[] {
  const { registry, sections } = analyzer
  const { metrics, detectors, checks, presets } = registry
  return [
    ...metrics.list().map((metric) => ({
      kind: 'metric',
      id: metric.id,
      examine: () => metricFaults(metric, metrics.ownerOf(metric.id).name),
    })),
    ...detectors.list().map((detector) => ({
      kind: 'detector',
      id: detector.id,
      examine: () => detectorFaults(detector, detectors.ownerOf(detector.id).name),
    })),
    ...checks.list().map((check) => ({
      kind: 'quality check',
      id: check.id,
      examine: () => checkFaults(check, checks.ownerOf(check.id).name),
    })),
    ...presets.list().map((preset) => ({
      kind: 'preset',
      id: preset.id,
      examine: () => presetFaults(preset, analyzer),
    })),
    ...sections.list().map((section) => ({
      kind: 'part of an analysis',
      id: section.id,
      examine: () => sectionFaults(section, analyzer),
    })),
  ]
}
