/** The sample recordings that come with the product: all synthesised, nobody's data. */
import { type C3dAnalogSpec, type C3dPointSpec, writeC3d } from '../../../src/sdk.ts'
import { type Burst, type EmgSpec, type SynthesisedEmg, synthesiseEmg } from './synthesise.ts'

export { type EmgSpec, type SynthesisedEmg, seededRandom, synthesiseEmg } from './synthesise.ts'

/** One channel of a sample: a name, and what is put into it. */
interface Channel {
  readonly label: string
  readonly description: string
  readonly spec: EmgSpec
}

interface Design {
  readonly fileName: string
  readonly title: string
  readonly pointRate: number
  readonly samplesPerFrame: number
  readonly channels: readonly Channel[]
  readonly points: readonly C3dPointSpec[]
}

export interface SampleRecording {
  readonly fileName: string
  readonly title: string
  /** The C3D file. */
  bytes(): Uint8Array
  /** What was put into each channel. */
  readonly truth: ReadonlyArray<{ readonly label: string } & SynthesisedEmg['truth']>
}

const RATE = 1000

/** Bursts of one length and strength, evenly spaced. */
const repeated = (count: number, firstMs: number, everyMs: number, lengthMs: number, rms: number): Burst[] =>
  Array.from({ length: count }, (_, i) => {
    const startMs = firstMs + i * everyMs
    return { startMs, endMs: startMs + lengthMs, rms }
  })

const channel = (
  label: string,
  description: string,
  spec: Omit<EmgSpec, 'rate' | 'baselineRms'> & { baselineRms?: number },
): Channel => ({ label, description, spec: { baselineRms: 4e-6, ...spec, rate: RATE } })

const kneeExtension: Design = {
  fileName: 'knee-extension.c3d',
  title: 'Knee extension, both legs: 12 contractions of 2 s and 10 of 1.5 s',
  pointRate: 50,
  samplesPerFrame: 20,
  points: [],
  channels: [
    channel('R VL', 'Right vastus lateralis', {
      seed: 1,
      durationS: 60,
      bursts: repeated(12, 2000, 4800, 2000, 120e-6),
      offset: 15e-6,
    }),
    channel('L VL', 'Left vastus lateralis', {
      seed: 2,
      durationS: 60,
      bursts: repeated(10, 3000, 5600, 1500, 80e-6),
      offset: -8e-6,
    }),
  ],
}

/** Heel moving as in walking at 1 Hz, for a recording with markers. */
const heel = (frames: number, rate: number, lead: number): Float32Array =>
  Float32Array.from({ length: 3 * frames }, (_, i) => {
    const phase = 2 * Math.PI * (Math.floor(i / 3) / rate + lead)
    if (i % 3 === 0) return 1200 * (Math.floor(i / 3) / rate) + 200 * Math.sin(phase)
    return i % 3 === 1 ? 100 * (lead > 0 ? 1 : -1) : 60 + 50 * Math.cos(phase)
  })

const gait: Design = {
  fileName: 'gait.c3d',
  title: 'Gait: four muscles a leg, two markers',
  pointRate: 100,
  samplesPerFrame: 10,
  points: [
    { label: 'RHEE', unit: 'mm', description: 'Right heel', xyz: heel(1000, 100, 0) },
    { label: 'LHEE', unit: 'mm', description: 'Left heel', xyz: heel(1000, 100, 0.5) },
  ],
  channels: ['Right', 'Left'].flatMap((side, s) =>
    [
      ['TA', 'tibialis anterior', 600, 350, 90e-6],
      ['GM', 'gastrocnemius medialis', 250, 300, 110e-6],
      ['RF', 'rectus femoris', 900, 280, 60e-6],
      ['BF', 'biceps femoris', 820, 320, 70e-6],
    ].map(([short, muscle, phase, length, rms], m) =>
      channel(`${side[0]} ${short}`, `${side} ${muscle}`, {
        seed: 10 + 4 * s + m,
        durationS: 10,
        bursts: repeated(8, ((Number(phase) + 500 * s) % 1000) + 200, 1100, Number(length), Number(rms)),
      }),
    ),
  ),
}

const faulty: Design = {
  fileName: 'radio-dropouts.c3d',
  title: 'Grip test with radio dropouts, clipping and 50 Hz hum',
  pointRate: 50,
  samplesPerFrame: 20,
  points: [],
  channels: [
    channel('FCR', 'Right flexor carpi radialis, with two dropouts', {
      seed: 20,
      durationS: 30,
      bursts: repeated(6, 2000, 4500, 2500, 150e-6),
      dropouts: [
        { startMs: 9500, endMs: 9770, value: -5.5e-3 },
        { startMs: 20_000, endMs: 20_270, value: -5.5e-3 },
      ],
    }),
    channel('ECR', 'Right extensor carpi radialis, clipped, with hum', {
      seed: 21,
      durationS: 30,
      bursts: repeated(6, 2000, 4500, 2500, 400e-6),
      hum: 5e-6,
      rail: 500e-6,
    }),
  ],
}

function build({ fileName, title, pointRate, samplesPerFrame, channels, points }: Design): SampleRecording {
  const made = channels.map(({ label, description, spec }) => ({
    label,
    description,
    ...synthesiseEmg(spec),
  }))
  return {
    fileName,
    title,
    truth: made.map(({ label, truth }) => ({ label, ...truth })),
    bytes: () =>
      writeC3d({
        processor: 'intel',
        storage: 'float',
        pointRate,
        samplesPerFrame,
        points,
        analogs: made.map(
          ({ label, description, samples }): C3dAnalogSpec => ({ label, description, unit: 'V', samples }),
        ),
      }),
  }
}

/** All samples, made anew on each call; the same bytes every time. */
export const sampleRecordings = (): SampleRecording[] => [kneeExtension, gait, faulty].map(build)
