import { describe, expect, test } from 'bun:test'
import { writeEdf } from './codec/index.ts'
import { bdfFormat, edfFormat } from './edf-format.ts'

const signals = [
  {
    label: 'EMG R VL',
    unit: 'uV',
    transducer: 'AgAgCl electrodes',
    prefilter: 'HP:20Hz LP:450Hz',
    samplesPerRecord: 4,
    samples: [1, -2, 3, -4, 4, 3, 2, 1],
  },
  { label: 'Angle', unit: 'deg', samplesPerRecord: 1, samples: [10, 20] },
]

describe.each([
  ['edf', edfFormat, 'EDF'],
  ['bdf', bdfFormat, 'BDF'],
] as const)('%s', (id, format, variant) => {
  const recording = format.read(
    writeEdf({
      variant: `${variant}+C`,
      recordDuration: 0.5,
      signals,
      annotations: [{ time: 0.5, text: 'Go' }],
    }),
  )

  test('gives channels with their own rates, and what they were measured with', () => {
    expect(recording).toMatchObject({ format: id, durationS: 1, warnings: [] })
    expect(recording.channels.map(({ samples: _, ...rest }) => rest)).toEqual([
      {
        index: 0,
        label: 'EMG R VL',
        name: 'EMG R VL',
        description: 'AgAgCl electrodes; HP:20Hz LP:450Hz',
        unit: 'uV',
        rate: 8,
        length: 8,
        forcePlate: false,
      },
      {
        index: 1,
        label: 'Angle',
        name: 'Angle',
        description: '',
        unit: 'deg',
        rate: 2,
        length: 2,
        forcePlate: false,
      },
    ])
    for (const [i, value] of [1, -2, 3, -4, 4, 3, 2, 1].entries()) {
      expect(recording.channels[0]?.samples()[i]).toBeCloseTo(value, 3)
    }
  })

  test('says what it is, and its statistics where they are asked for', () => {
    expect(recording.describe()).toMatchObject({
      variant: `${variant}+C`,
      analogLabels: ['EMG R VL', 'Angle'],
      events: [{ time: 0.5, duration: null, label: 'Go' }],
    })
    expect(recording.describe().channels).toBeUndefined()
    expect(recording.describe({ stats: true }).channels).toMatchObject([
      { label: 'EMG R VL' },
      { label: 'Angle' },
    ])
  })
})
