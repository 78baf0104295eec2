import { describe, expect, test } from 'bun:test'
import { type AnalysedChannel, countsOf } from './counts.ts'

const GOOD = { meetsMvc: true, meetsDuration: true }
const channel = (changes: Partial<AnalysedChannel> = {}): AnalysedChannel => ({
  name: 'CH1',
  muscle: 'quadriceps',
  side: 'left',
  thresholds: { onset: 1 },
  contractions: [GOOD, { ...GOOD, meetsDuration: false }, { meetsMvc: false, meetsDuration: false }],
  mvc: { source: 'patient-record' },
  target: { contractions: 10 },
  ...changes,
})

describe('counts', () => {
  test('are those of the contractions that meet each criterion', () => {
    expect(countsOf([channel()])).toEqual([
      {
        muscle: 'quadriceps',
        side: 'left',
        total: 3,
        meetsMvc: 2,
        mvcSource: 'patient-record',
        meetsDuration: 1,
        target: 10,
      },
    ])
  })

  test('of a muscle at rest are 0, of a signal that cannot be read null, unless somebody marked contractions', () => {
    const counts = countsOf([
      channel({ contractions: [] }),
      channel({ contractions: [], thresholds: null }),
      channel({ contractions: [GOOD], thresholds: null }),
    ])
    expect(counts.map(({ total, meetsMvc, meetsDuration }) => [total, meetsMvc, meetsDuration])).toEqual([
      [0, 0, 0],
      [null, null, null],
      [1, 1, 1],
    ])
  })

  test('of a criterion that is unknown for one contraction are unknown', () => {
    const contractions = [
      { meetsMvc: true, meetsDuration: null },
      { meetsMvc: null, meetsDuration: true },
    ]
    expect(countsOf([channel({ contractions })])[0]).toMatchObject({
      total: 2,
      meetsMvc: null,
      meetsDuration: null,
    })
  })

  test('of a channel without a known muscle go by its name', () => {
    expect(countsOf([channel({ muscle: null, side: null })])[0]).toMatchObject({
      muscle: 'CH1',
      side: 'none',
    })
  })
})
