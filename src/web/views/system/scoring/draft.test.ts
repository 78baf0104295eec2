import { describe, expect, test } from 'bun:test'
import {
  addsUp,
  differences,
  draftOf,
  faultsOf,
  isSame,
  MUSCLE_WEIGHTS,
  type Rules,
  rulesOf,
  WEIGHTS,
  weightSum,
} from './draft.ts'

const RULES: Rules = {
  weights: { compliance: 0.5, symmetry: 0.25, effort: 0.25, game: 0 },
  muscleWeights: { completion: 0.333, intensity: 0.333, duration: 0.334 },
  rpeScores: { 0: 20, 1: 20, 2: 60, 3: 80, 4: 100, 5: 100, 6: 100, 7: 80, 8: 60, 9: 20, 10: 20 },
  bfrWindow: { lowPercent: 45, highPercent: 55 },
  targets: { contractions: 12, durationMs: 2300, mvcPercent: 75 },
  minimumCoverage: 0.5,
}
const DRAFT = draftOf(RULES)

describe('the form of the rules', () => {
  test('shows seconds, and gives back what it was made of', () => {
    expect(DRAFT.contractionSeconds).toBe('2.3')
    expect(rulesOf(DRAFT)).toEqual(RULES)
  })

  test('speaks with commas where that is how one writes, and takes both', () => {
    const draft = draftOf(RULES, ',')
    expect(draft.compliance).toBe('0,5')
    expect(rulesOf(draft)).toEqual(RULES)
    expect(isSame(draft, { ...draft })).toBe(true)
    expect(isSame(draft, { ...draft, game: '0,1' })).toBe(false)
  })

  test.each([
    ['of 0.001 too much', '0.501', true],
    ['of 0.002 too much', '0.502', false],
    ['of 0.001 too little', '0.499', true],
    ['of 0.0011 too little', '0.4989', false],
  ])('holds a sum %s to what the server holds it to', (_, compliance, isRight) => {
    const draft = { ...DRAFT, compliance }
    expect(addsUp(weightSum(draft, WEIGHTS))).toBe(isRight)
    expect(rulesOf(draft) !== undefined).toBe(isRight)
  })

  test('adds three thirds up to 0.999 as the server does', () => {
    const draft = { ...DRAFT, completion: '0.333', intensity: '0.333', duration: '0.333' }
    expect(weightSum(draft, MUSCLE_WEIGHTS)).toBe(0.999)
    expect(addsUp(weightSum(draft, MUSCLE_WEIGHTS))).toBe(true)
  })

  test('has no sum while a weight is no number', () => {
    expect(weightSum({ ...DRAFT, game: '' }, WEIGHTS)).toBeNull()
    expect(addsUp(null)).toBe(false)
  })

  test.each([
    ['game', '-0.1', 'noNumber'],
    ['game', '1.1', 'outOfRange'],
    ['effort', '', 'noNumber'],
    ['rpe7', '101', 'outOfRange'],
    ['contractions', '1.5', 'notWhole'],
    ['contractions', '0', 'outOfRange'],
    ['contractionSeconds', '0', 'outOfRange'],
    ['contractionSeconds', '600.1', 'outOfRange'],
    ['mvcPercent', '0', 'outOfRange'],
    ['bfrHigh', '44', 'windowEndsFirst'],
    ['minimumCoverage', '1.01', 'outOfRange'],
  ] as const)('finds what is wrong with %s of “%s”', (name, text, fault) => {
    const draft = { ...DRAFT, [name]: text }
    expect(faultsOf(draft)).toEqual({ [name]: fault })
    expect(rulesOf(draft)).toBeUndefined()
  })

  test('takes a window of one pressure, and a coverage of 0', () => {
    expect(faultsOf({ ...DRAFT, bfrLow: '50', bfrHigh: '50', minimumCoverage: '0' })).toEqual({})
  })
})

test('versions differ in the fields that say something else', () => {
  expect(differences(RULES, RULES)).toEqual([])
  const other = { ...RULES, weights: { ...RULES.weights, effort: 0.2, game: 0.05 }, minimumCoverage: 0.6 }
  expect(differences(RULES, other)).toEqual(['effort', 'game', 'minimumCoverage'])
})
