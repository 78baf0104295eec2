/** Gait on a treadmill: eight muscles that work at their times of the stride, markers on the heels, foot events. */
import type { C3dEventSpec, C3dPointSpec } from '../../../src/sdk.ts'
import { type ChannelDesign, repeated, type SampleDesign } from './design.ts'

const DURATION_S = 10
const POINT_RATE = 100
const STRIDE_S = 1.1
/** Share of the stride that the foot is on the ground. */
const STANCE = 0.6
const STRIDES = 8

/** Each side with its first foot strike in s, half a stride apart, and where its heel runs in mm. */
const SIDES = [
  { side: 'Right', firstStrike: 0.3, y: -90 },
  { side: 'Left', firstStrike: 0.85, y: 90 },
] as const

/**
 * Muscles: onset and length as shares of the stride that begins with the foot strike, and RMS in volts. After
 * Perry & Burnfield (2010), Gait Analysis, simplified to one burst a stride.
 */
const MUSCLES = [
  { short: 'TA', muscle: 'tibialis anterior', onset: 0.6, length: 0.3, rms: 90e-6 },
  { short: 'GM', muscle: 'gastrocnemius medialis', onset: 0.15, length: 0.35, rms: 110e-6 },
  { short: 'RF', muscle: 'rectus femoris', onset: 0.55, length: 0.2, rms: 60e-6 },
  { short: 'BF', muscle: 'biceps femoris', onset: 0.8, length: 0.25, rms: 70e-6 },
] as const

const channels: ChannelDesign[] = SIDES.flatMap(({ side, firstStrike }, s) =>
  MUSCLES.map(({ short, muscle, onset, length, rms }, m) => ({
    label: `${side[0]} ${short}`,
    description: `${side} ${muscle}`,
    emg: {
      seed: 10 + MUSCLES.length * s + m,
      baselineRms: 4e-6,
      bursts: repeated(
        STRIDES,
        1000 * (firstStrike + onset * STRIDE_S),
        1000 * STRIDE_S,
        1000 * length * STRIDE_S,
        rms,
      ),
    },
  })),
)

const events: C3dEventSpec[] = SIDES.flatMap(({ side, firstStrike }) =>
  Array.from({ length: STRIDES }, (_, i) => firstStrike + i * STRIDE_S).flatMap((strike) => [
    { label: 'Foot Strike', time: strike, context: side },
    { label: 'Foot Off', time: strike + STANCE * STRIDE_S, context: side },
  ]),
).sort((a, b) => a.time - b.time)

/** x and z in mm: with the belt in stance, forward and up in swing. */
function heelAt(phase: number): [number, number] {
  const reach = 300
  if (phase < STANCE) return [reach - (2 * reach * phase) / STANCE, 40]
  const swing = (phase - STANCE) / (1 - STANCE)
  return [-reach * Math.cos(Math.PI * swing), 40 + 110 * Math.sin(Math.PI * swing)]
}

const points: C3dPointSpec[] = SIDES.map(({ side, firstStrike, y }) => ({
  label: `${side[0]}HEE`,
  unit: 'mm',
  description: `${side} heel`,
  xyz: Float64Array.from({ length: DURATION_S * POINT_RATE }, (_, frame) => {
    const strides = (frame / POINT_RATE - firstStrike) / STRIDE_S
    return strides - Math.floor(strides)
  }).reduce(
    (xyz, phase, frame) => {
      const [x, z] = heelAt(phase)
      xyz.set([x, y, z], 3 * frame)
      return xyz
    },
    new Float64Array(3 * DURATION_S * POINT_RATE),
  ),
}))

export const gait: SampleDesign = {
  fileName: 'gait.c3d',
  title: 'Gait: four muscles a leg, heel markers, foot events',
  unit: 'V',
  durationS: DURATION_S,
  pointRate: POINT_RATE,
  samplesPerFrame: 10,
  points,
  events,
  channels,
}
