/** A grip test with what goes wrong in practice: a broken radio link, an overdriven amplifier, mains hum. */
import { repeated, type SampleDesign } from './design.ts'

/** Lower end of the device's range in mV, where it stands while the link is broken. */
const STANDSTILL = -5.5

export const radioDropouts: SampleDesign = {
  fileName: 'radio-dropouts.c3d',
  title: 'Grip test with radio dropouts, clipping and 50 Hz hum',
  unit: 'mV',
  durationS: 30,
  pointRate: 50,
  samplesPerFrame: 20,
  points: [],
  events: [],
  channels: [
    {
      label: 'FCR',
      description: 'Right flexor carpi radialis, with two dropouts',
      emg: {
        seed: 20,
        baselineRms: 0.004,
        bursts: repeated(6, 2000, 4500, 2500, 0.15),
        dropouts: [
          { startMs: 9500, endMs: 9770, value: STANDSTILL },
          { startMs: 18_500, endMs: 18_770, value: STANDSTILL },
        ],
      },
    },
    {
      label: 'ECR',
      description: 'Right extensor carpi radialis, clipped, with hum',
      emg: {
        seed: 21,
        baselineRms: 0.004,
        bursts: repeated(6, 2000, 4500, 2500, 0.4),
        hum: 0.005,
        rail: 0.6,
      },
    },
  ],
}
