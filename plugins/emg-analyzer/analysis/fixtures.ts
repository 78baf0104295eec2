/** Synthesised channels for tests, and what they are analysed with. */
import type { Recording, RecordingChannel } from '../../c3d-reader/index.ts'
import { type EmgSpec, synthesiseEmg } from '../../c3d-reader/samples/index.ts'
import { resolveMvc } from '../../mvc-cascade/index.ts'
import {
  type AnalysisContext,
  analyzeRecording,
  type ChannelAnalysis,
  type ChannelQuestion,
  createRegistry,
  type ParameterOverrides,
  planAnalysis,
  WITHOUT_CONTEXT,
} from './index.ts'

const RATE = 1000
export const registry = createRegistry()
export const planOf = (preset: string, overrides?: ParameterOverrides) =>
  planAnalysis(registry, preset, overrides)
export const plan = planOf('clinical')

/** The cascade without stored values, as programs without a database have it. */
export const resolve = ({ metadata, calculated }: ChannelQuestion) =>
  resolveMvc({
    candidates: { records: { unavailable: 'there is no database' }, metadata, calculated },
    at: new Date(0),
    limits: { validityDays: 90, defaultValue: null },
  })

export const channelOf = (samples: Float64Array, rest: Partial<RecordingChannel> = {}): RecordingChannel => ({
  index: 0,
  label: 'EMG1',
  name: 'EMG1',
  description: '',
  unit: 'V',
  rate: RATE,
  length: samples.length,
  forcePlate: false,
  samples: () => Float64Array.from(samples),
  ...rest,
})
export const recordingOf = (...channels: RecordingChannel[]): Recording => ({
  format: 'test',
  channels,
  durationS: (channels[0]?.length ?? 0) / RATE,
  warnings: [],
  describe: () => ({ analogLabels: channels.map(({ label }) => label) }),
})

export const analyzeAll = (recording: Recording, by = plan, context: Partial<AnalysisContext> = {}) =>
  analyzeRecording(recording, by, registry, resolve, { ...WITHOUT_CONTEXT, ...context })

/** One channel, taken for EMG whatever its label is. */
export function analyzeChannel(
  channel: RecordingChannel,
  by = plan,
  context: Partial<AnalysisContext> = {},
): ChannelAnalysis {
  const assignments = [{ channel: '#0', emg: true }, ...(context.assignments ?? [])]
  const [analysis] = analyzeAll(recordingOf(channel), by, { ...context, assignments }).channels
  return analysis as ChannelAnalysis
}

export const analyze = (samples: Float64Array, rest?: Partial<RecordingChannel>) =>
  analyzeChannel(channelOf(samples, rest))

export const synth = (rest: Partial<EmgSpec> = {}) =>
  synthesiseEmg({ seed: 7, rate: RATE, durationS: 30, baselineRms: 5e-6, bursts: [], ...rest })
export const evenly = (count: number, everyMs: number, lengthMs: number, rms: number) =>
  Array.from({ length: count }, (_, i) => ({
    startMs: 1500 + i * everyMs,
    endMs: 1500 + i * everyMs + lengthMs,
    rms,
  }))
