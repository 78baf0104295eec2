import { describe, expect, test } from 'bun:test'
import type { MuscleTarget } from '../../clinical-records/index.ts'
import { type AnalysedChannel, countsOf } from './counts.ts'

const channel = (changes: Partial<AnalysedChannel> = {}): AnalysedChannel => ({
  name: 'CH1',
  muscle: 'quadriceps',
  side: 'left',
  contractions: [
    { meetsMvc: true, meetsDuration: true },
    { meetsMvc: true, meetsDuration: false },
    { meetsMvc: false, meetsDuration: false },
  ],
  ...changes,
})
const target = (changes: Partial<MuscleTarget>): MuscleTarget => ({
  muscle: 'quadriceps',
  side: 'left',
  contractions: 10,
  durationMs: null,
  mvcPercent: null,
  ...changes,
})

describe('counts', () => {
  test('are those of the contractions that meet each criterion', () => {
    expect(countsOf([channel()], [])).toEqual([
      { muscle: 'quadriceps', side: 'left', total: 3, meetsMvc: 2, meetsDuration: 1, target: null },
    ])
  })

  test('of a muscle at rest are 0, of a signal that cannot be read null', () => {
    const counts = countsOf([channel({ contractions: [] }), channel({ contractions: null })], [])
    expect(counts.map(({ total, meetsMvc, meetsDuration }) => [total, meetsMvc, meetsDuration])).toEqual([
      [0, 0, 0],
      [null, null, null],
    ])
  })

  test('of a criterion that is unknown for one contraction are unknown', () => {
    const contractions = [
      { meetsMvc: true, meetsDuration: null },
      { meetsMvc: null, meetsDuration: true },
    ]
    expect(countsOf([channel({ contractions })], [])[0]).toMatchObject({
      total: 2,
      meetsMvc: null,
      meetsDuration: null,
    })
  })

  test('of a channel without a known muscle go by its name', () => {
    expect(countsOf([channel({ muscle: null, side: null })], [])[0]).toMatchObject({
      muscle: 'CH1',
      side: 'none',
    })
  })

  test('carry the target of the muscle: that of its side first, then one for either side', () => {
    const targets = [target({ side: 'none', contractions: 8 }), target({ side: 'left' })]
    const found = (muscle: string, side: 'left' | 'right') =>
      countsOf([channel({ muscle, side })], targets)[0]?.target
    expect(found('quadriceps', 'left')).toBe(10)
    expect(found('  Quadriceps', 'right')).toBe(8)
    expect(found('hamstrings', 'left')).toBeNull()
  })
})
