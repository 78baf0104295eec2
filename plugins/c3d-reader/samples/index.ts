/** The sample recordings that come with the product: all synthesised, nobody's data. */
import { type C3dGroupSpec, writeC3d } from '../../../src/sdk.ts'
import type { SampleDesign } from './design.ts'
import { gait } from './gait.ts'
import { kneeExtension } from './knee-extension.ts'
import { radioDropouts } from './radio-dropouts.ts'
import { type EmgTruth, synthesiseEmg } from './synthesise.ts'

export { type Burst, type Dropout, type EmgSpec, type EmgTruth, synthesiseEmg } from './synthesise.ts'

/** What is in one channel of a sample. */
export interface ChannelTruth extends EmgTruth {
  readonly label: string
  /** Unit of every amplitude. */
  readonly unit: string
}

/** One sample recording. */
export interface SampleRecording {
  readonly fileName: string
  /** One line for people. */
  readonly title: string
  /** The C3D file; its samples are the synthesised ones in single precision. */
  bytes(): Uint8Array
  /** What was put into each channel. */
  readonly truth: readonly ChannelTruth[]
}

/** What says in the file that it is nobody's. */
const provenance = (title: string): C3dGroupSpec[] => [
  {
    name: 'SUBJECTS',
    parameters: [
      { name: 'USED', type: 'int16', value: 1 },
      { name: 'NAMES', type: 'char', value: ['Synthetic'] },
    ],
  },
  {
    name: 'MANUFACTURER',
    parameters: [{ name: 'COMPANY', type: 'char', value: 'Myoserve' }],
  },
  {
    name: 'INFO',
    parameters: [
      { name: 'TITLE', type: 'char', value: title },
      { name: 'ORIGIN', type: 'char', value: 'Synthesised; no recording of a person' },
    ],
  },
]

function build(design: SampleDesign): SampleRecording {
  const { fileName, title, unit, durationS, pointRate, samplesPerFrame, points, events, channels } = design
  const rate = pointRate * samplesPerFrame
  const made = channels.map(({ label, description, emg }) => ({
    label,
    description,
    ...synthesiseEmg({ ...emg, rate, durationS }),
  }))
  return {
    fileName,
    title,
    truth: made.map(({ label, truth }) => ({ label, unit, ...truth })),
    bytes: () =>
      writeC3d({
        processor: 'intel',
        storage: 'float',
        pointRate,
        samplesPerFrame,
        points,
        events,
        analogs: made.map(({ label, description, samples }) => ({ label, description, unit, samples })),
        parameters: provenance(title),
      }),
  }
}

/** All samples, made anew on each call; the same bytes every time. */
export const sampleRecordings = (): SampleRecording[] => [kneeExtension, gait, radioDropouts].map(build)
