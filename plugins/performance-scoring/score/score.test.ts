import { describe, expect, test } from 'bun:test'
import { muscle, scoreOf } from './fixtures.ts'

const left = (changes = {}) => muscle({ side: 'left', ...changes })
const right = (changes = {}) => muscle({ side: 'right', ...changes })
const none = (changes = {}) => muscle({ side: 'none', ...changes })
const IDLE = { total: 0, meetsMvc: 0, meetsDuration: 0 }
const KEPT = { left: 50, right: 50 }

describe('a whole session', () => {
  test('that did everything as asked scores 100, with nothing missing but the game', () => {
    const { overall, completeness } = scoreOf({ muscles: [left(), right()], bfr: KEPT, rpe: 5 })
    expect(overall).toMatchObject({ value: 100, coverage: 1, reason: null })
    expect(Object.values(completeness).map(({ state }) => state)).toEqual([
      'measured',
      'measured',
      'measured',
      'missing',
      'measured',
    ])
  })

  test('stores the configuration it was scored by, rules and all', () => {
    const { configuration } = scoreOf({}, { minimumCoverage: 0.25 })
    expect(configuration).toMatchObject({ version: 3, name: 'test', rules: { minimumCoverage: 0.25 } })
  })

  test('is weighted as configured', () => {
    const muscles = [left({ meetsMvc: 6 }), right()]
    const { overall, components } = scoreOf(
      { muscles, rpe: 5 },
      { weights: { compliance: 1, symmetry: 0, effort: 0, game: 0 } },
    )
    expect(overall.value).toBe(components.compliance.value)
    expect(overall.effectiveWeights).toEqual({ compliance: 1, symmetry: 0, effort: 0, game: 0 })
  })
})

describe('what is missing', () => {
  test('effort: its weight goes to compliance and symmetry', () => {
    const { overall, components, completeness } = scoreOf({ muscles: [left({ meetsDuration: 0 }), right()] })
    const [c, s] = [components.compliance.value as number, components.symmetry.value as number]
    expect(components.effort.value).toBeNull()
    expect(overall.value).toBeCloseTo((0.5 * c + 0.25 * s) / 0.75, 12)
    expect(overall.coverage).toBe(0.75)
    expect(overall.effectiveWeights).toEqual({ compliance: 2 / 3, symmetry: 1 / 3, effort: 0, game: 0 })
    expect(completeness.effort).toEqual({
      state: 'missing',
      reasons: ['no rating of perceived exertion was given'],
    })
  })

  test('everything: there is no score, and a reason', () => {
    expect(scoreOf({}).overall).toMatchObject({
      value: null,
      reason: 'no component with a weight has a value',
      coverage: 0,
    })
  })

  test('the muscles: effort alone is no overall score, unless configured so', () => {
    const { overall } = scoreOf({ rpe: 5 })
    expect(overall).toMatchObject({
      value: null,
      reason: 'only 25 % of the weight is there; 50 % is needed',
      coverage: 0.25,
    })
    expect(scoreOf({ rpe: 5 }, { minimumCoverage: 0.25 }).overall.value).toBe(100)
  })

  test('one side: no symmetry, and the other side is the compliance', () => {
    const { components, overall } = scoreOf({ muscles: [left({ meetsMvc: 6 })] })
    expect(components.symmetry).toMatchObject({
      value: null,
      reason: 'right: no muscle of this side was analysed',
    })
    expect(overall.value).toBe(components.compliance.value)
  })

  test('the MVC: intensity is null, and compliance only partly measured', () => {
    const { muscles, completeness } = scoreOf({ muscles: [left({ meetsMvc: null, meetsDuration: 6 })] })
    expect(muscles[0]?.intensity.value).toBeNull()
    expect(muscles[0]?.score.value).toBeCloseTo((100 * (0.333 + 0.334 * 0.5)) / 0.667, 12)
    expect(completeness.compliance).toEqual({
      state: 'partial',
      reasons: ['quadriceps (left): intensity: no MVC is known'],
    })
  })

  test('the amplitude of a contraction: intensity is null, and does not claim that no MVC is known', () => {
    const { muscles } = scoreOf({ muscles: [left({ meetsMvc: null, mvcSource: 'manual' })] })
    expect(muscles[0]?.intensity).toMatchObject({
      value: null,
      reason: 'not every contraction has an amplitude to hold against the MVC',
    })
  })

  test.each([
    ['calculated', ['quadriceps (left): intensity: the MVC was calculated from this recording']],
    ['default', ['quadriceps (left): intensity: the MVC is the configured default']],
    ['patient-record', []],
    ['manual', []],
    [null, []],
  ] as const)('a measured MVC: with a %p one compliance says so', (mvcSource, reasons) => {
    const { muscles, completeness } = scoreOf({ muscles: [left({ mvcSource })] })
    expect(muscles[0]).toMatchObject({ mvcSource, intensity: { value: 1 } })
    expect(completeness.compliance).toEqual({
      state: reasons.length > 0 ? 'partial' : 'measured',
      reasons: [...reasons],
    })
  })

  test('an MVC of nothing: what did not contract is not said to be held against one', () => {
    const { completeness } = scoreOf({ muscles: [left({ ...IDLE, mvcSource: 'calculated' })] })
    expect(completeness.compliance.reasons).toEqual([
      'quadriceps (left): intensity: there is no contraction',
      'quadriceps (left): duration: there is no contraction',
    ])
  })

  test('the contractions: a signal that cannot be read is no muscle at rest', () => {
    const unread = right({ total: null, meetsMvc: null, meetsDuration: null })
    const { muscles, components, completeness } = scoreOf({ muscles: [left(), unread] })
    expect(muscles[1]).toMatchObject({
      completion: { value: null, reason: 'the contractions could not be counted' },
      score: { value: null },
    })
    expect(components.compliance.value).toBe(100)
    expect(completeness.compliance.state).toBe('partial')
    expect(components.symmetry).toMatchObject({
      value: null,
      reason: 'right: no muscle of this side has a score',
    })
  })

  test('the target: the configuration has one, and the muscle says so', () => {
    const { muscles } = scoreOf({ muscles: [left({ target: null, total: 12 }), left({ target: 6 })] })
    expect(muscles.map(({ targetSource }) => targetSource)).toEqual(['configuration', 'given'])
    expect(muscles[0]?.completion.explanation.values).toEqual({ total: 12, target: 12 })
  })

  test('the pressure of one of two trained sides: the gate stands on the other, and says so', () => {
    const { gate, completeness } = scoreOf({
      muscles: [left(), right()],
      bfr: { left: 50, right: null },
    })
    expect(gate.value).toBe(1)
    expect(completeness.bfr).toEqual({ state: 'partial', reasons: ['right: no pressure was measured'] })
  })

  test('the pressure of a side that was not trained is not missed', () => {
    const { completeness } = scoreOf({ muscles: [left()], bfr: { left: 50, right: null } })
    expect(completeness.bfr.state).toBe('measured')
  })
})

describe('muscles that did not contract', () => {
  test('have a completion of 0, which is measured, and nothing to rate', () => {
    const { muscles } = scoreOf({ muscles: [left(IDLE)] })
    expect(muscles[0]).toMatchObject({
      completion: { value: 0 },
      intensity: { value: null, reason: 'there is no contraction' },
      duration: { value: null, reason: 'there is no contraction' },
      score: { value: 0 },
    })
  })

  test('on both sides: compliance is 0, symmetry null', () => {
    const { components } = scoreOf({ muscles: [left(IDLE), right(IDLE)] })
    expect(components.compliance.value).toBe(0)
    expect(components.symmetry.value).toBeNull()
  })

  test('and of which nothing was asked have no score at all', () => {
    const { muscles, components } = scoreOf({ muscles: [left({ ...IDLE, target: 0 })] })
    expect(muscles[0]?.score.value).toBeNull()
    expect(components.compliance).toMatchObject({ value: null, reason: 'no muscle has a score' })
  })
})

describe('a pressure that was not kept', () => {
  const input = { muscles: [left({ meetsDuration: 0 }), right()], rpe: 5 }
  const failed = scoreOf({ ...input, bfr: { left: 70, right: 50 } })

  test('makes compliance and the overall score 0', () => {
    expect(failed.components.compliance.value).toBe(0)
    expect(failed.overall.value).toBe(0)
    expect(failed.overall.explanation.formula).toEndWith('* gate')
  })

  test('leaves symmetry and the muscles as they were', () => {
    const open = scoreOf({ ...input, bfr: KEPT })
    expect(failed.components.symmetry).toEqual(open.components.symmetry)
    expect(failed.muscles).toEqual(open.muscles)
  })

  test('makes nothing of what is missing', () => {
    const { components, overall } = scoreOf({ bfr: { left: 70, right: null } })
    expect(components.compliance.value).toBeNull()
    expect(overall.value).toBeNull()
  })

  test('that nobody measured gates nothing', () => {
    const unmeasured = scoreOf(input)
    expect(unmeasured.overall.value).toBe(scoreOf({ ...input, bfr: KEPT }).overall.value)
    expect(unmeasured.overall.explanation.formula).not.toContain('gate')
    expect(unmeasured.completeness.bfr.state).toBe('missing')
  })
})

describe('several muscles', () => {
  test('of a side count as one side: their mean', () => {
    const { sides, components } = scoreOf({
      muscles: [left(), left({ meetsMvc: 0, muscle: 'hamstrings' }), right({ meetsMvc: 0 })],
    })
    expect(sides.left.value).toBeCloseTo((100 + 66.7) / 2, 10)
    expect(sides.left.explanation.formula).toBe('mean(muscle_1, muscle_2)')
    expect(sides.right.explanation.formula).toBe('mean(muscle_3)')
    expect(components.compliance.value).toBeCloseTo(((100 + 66.7) / 2 + 66.7) / 2, 10)
  })

  test('of no side count in compliance and not in symmetry', () => {
    const { components } = scoreOf({ muscles: [left(), right(), none({ meetsMvc: 0 })] })
    expect(components.symmetry.value).toBe(100)
    expect(components.compliance.value).toBeCloseTo((100 + 100 + 66.7) / 3, 10)
  })
})
