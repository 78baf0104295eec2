/** Synthesised channels for tests, and what they are analysed with. */
import type { RecordingChannel } from '../../c3d-reader/index.ts'
import { type EmgSpec, synthesiseEmg } from '../../c3d-reader/samples/index.ts'
import { analyzeChannel } from './channel.ts'
import { planAnalysis } from './index.ts'

const RATE = 1000
export const plan = planAnalysis('clinical')

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
export const analyze = (samples: Float64Array, rest?: Partial<RecordingChannel>) =>
  analyzeChannel(channelOf(samples, rest), plan.parameters)
export const synth = (rest: Partial<EmgSpec> = {}) =>
  synthesiseEmg({ seed: 7, rate: RATE, durationS: 30, baselineRms: 5e-6, bursts: [], ...rest })
export const evenly = (count: number, everyMs: number, lengthMs: number, rms: number) =>
  Array.from({ length: count }, (_, i) => ({
    startMs: 1500 + i * everyMs,
    endMs: 1500 + i * everyMs + lengthMs,
    rms,
  }))
