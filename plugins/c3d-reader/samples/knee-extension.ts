/** Knee extension with both legs: an exercise as rehabilitation prescribes it. */
import { repeated, type SampleDesign } from './design.ts'

export const kneeExtension: SampleDesign = {
  fileName: 'knee-extension.c3d',
  title: 'Knee extension, both legs: 12 contractions of 2 s and 10 of 1.5 s',
  unit: 'V',
  durationS: 60,
  pointRate: 50,
  samplesPerFrame: 20,
  points: [],
  events: [
    { label: 'Start', time: 1.5, context: 'General', description: 'First contraction is asked for' },
    { label: 'End', time: 57.5, context: 'General', description: 'Rest' },
  ],
  channels: [
    {
      label: 'R VL',
      description: 'Right vastus lateralis',
      emg: { seed: 1, baselineRms: 4e-6, bursts: repeated(12, 2000, 4800, 2000, 120e-6), offset: 15e-6 },
    },
    {
      label: 'L VL',
      description: 'Left vastus lateralis',
      emg: { seed: 2, baselineRms: 4e-6, bursts: repeated(10, 3000, 5600, 1500, 80e-6), offset: -8e-6 },
    },
  ],
}
