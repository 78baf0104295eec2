import { describe, expect, test } from 'bun:test'
import type { MuscleTarget } from '../../clinical-records/index.ts'
import { DEFAULT_RULES } from '../score/index.ts'
import { type AnalysedChannel, type AnalysedContraction, countsOf, heldAgainst } from './counts.ts'

const contraction = (changes: Partial<AnalysedContraction> = {}): AnalysedContraction => ({
  durationMs: 2000,
  mvcPercent: 80,
  meetsMvc: true,
  meetsDuration: true,
  ...changes,
})
const channel = (changes: Partial<AnalysedChannel> = {}): AnalysedChannel => ({
  name: 'CH1',
  muscle: 'quadriceps',
  side: 'left',
  thresholds: { onset: 1 },
  contractions: [
    contraction(),
    contraction({ meetsDuration: false }),
    contraction({ meetsMvc: false, meetsDuration: false }),
  ],
  target: { contractions: 10 },
  ...changes,
})
const target = (changes: Partial<MuscleTarget> = {}): MuscleTarget => ({
  muscle: 'quadriceps',
  side: 'left',
  contractions: null,
  durationMs: null,
  mvcPercent: null,
  ...changes,
})

describe('counts', () => {
  test('are those of the contractions that meet each criterion', () => {
    expect(countsOf([channel()])).toEqual([
      { muscle: 'quadriceps', side: 'left', total: 3, meetsMvc: 2, meetsDuration: 1, target: 10 },
    ])
  })

  test('of a muscle at rest are 0, of a signal that cannot be read null', () => {
    const counts = countsOf([
      channel({ contractions: [] }),
      channel({ contractions: [], thresholds: null }),
      channel({ contractions: [contraction()], thresholds: null }),
    ])
    expect(counts.map(({ total, meetsMvc, meetsDuration }) => [total, meetsMvc, meetsDuration])).toEqual([
      [0, 0, 0],
      [null, null, null],
      [1, 1, 1],
    ])
  })

  test('of a criterion that is unknown for one contraction are unknown', () => {
    const contractions = [contraction({ meetsDuration: null }), contraction({ meetsMvc: null })]
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

describe('held against targets', () => {
  const held = (each: Partial<AnalysedChannel>, targets: readonly MuscleTarget[]) =>
    heldAgainst([channel(each)], targets, DEFAULT_RULES.targets)[0]!
  const contractions = [
    contraction({ durationMs: 1000, mvcPercent: 60, meetsMvc: null, meetsDuration: null }),
    contraction({ durationMs: 1999.9, mvcPercent: 74.9 }),
    contraction({ durationMs: 2000, mvcPercent: 75 }),
    contraction({ mvcPercent: null }),
  ]
  const flags = (found: AnalysedChannel) => [
    found.contractions.map(({ meetsMvc }) => meetsMvc),
    found.contractions.map(({ meetsDuration }) => meetsDuration),
  ]

  test('without one of its own, a muscle has those of the configuration', () => {
    const found = held({ contractions }, [])
    expect(flags(found)).toEqual([
      [false, false, true, null],
      [false, false, true, true],
    ])
    expect(found.target).toEqual({ contractions: null })
  })

  test('a muscle has its own, each alone', () => {
    const own = target({ mvcPercent: 60, contractions: 8 })
    const found = held({ contractions }, [own])
    expect(flags(found)).toEqual([
      [true, true, true, null],
      [false, false, true, true],
    ])
    expect(found.target).toEqual({ contractions: 8 })
    expect(flags(held({ contractions }, [target({ durationMs: 1000 })]))[1]).toEqual([true, true, true, true])
  })

  test('a target of the side comes before one for either side; other muscles have none', () => {
    const targets = [target({ side: 'none', contractions: 8 }), target({ side: 'left', contractions: 9 })]
    const asked = (muscle: string, side: 'left' | 'right') =>
      held({ muscle, side }, targets).target.contractions
    expect(asked('quadriceps', 'left')).toBe(9)
    expect(asked(' Quadriceps', 'right')).toBe(8)
    expect(asked('hamstrings', 'left')).toBeNull()
  })
})
