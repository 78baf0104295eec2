/** A recording of one channel, from its samples. */
import type { Recording } from '../../../plugins/c3d-reader/index.ts'

/** @param samples in V */
export function recordingOf(samples: Float64Array, rate: number): Recording {
  const channel = { index: 0, label: 'EMG', name: 'EMG', description: '', unit: 'V', forcePlate: false }
  const channels = [{ ...channel, rate, length: samples.length, samples: () => samples }]
  const durationS = samples.length / rate
  return { format: 'synthesised', channels, durationS, warnings: [], describe: () => ({}) }
}
