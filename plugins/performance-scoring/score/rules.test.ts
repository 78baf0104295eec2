import { describe, expect, test } from 'bun:test'
import * as v from 'valibot'
import { DEFAULT_RULES, ScoringRulesSchema } from './rules.ts'

const accepts = (rules: unknown): boolean => v.safeParse(ScoringRulesSchema, rules).success
const { weights, muscleWeights, rpeScores, bfrWindow, targets } = DEFAULT_RULES

describe('the rules that are built in', () => {
  test('are valid, and survive JSON', () => {
    expect(v.parse(ScoringRulesSchema, JSON.parse(JSON.stringify(DEFAULT_RULES)))).toEqual(DEFAULT_RULES)
  })

  test('rate an exertion of 4 to 6 best, and what is further off less', () => {
    expect(Object.values(rpeScores)).toEqual([20, 20, 60, 80, 100, 100, 100, 80, 60, 20, 20])
  })
})

describe('rules', () => {
  test.each([
    ['a sum that is 0.001 too large', { ...weights, compliance: 0.501 }, true],
    ['a sum that is 0.001 too small', { ...weights, compliance: 0.499 }, true],
    ['a sum that is 0.002 too large', { ...weights, compliance: 0.502 }, false],
    ['a sum that is 0.0011 too small', { ...weights, compliance: 0.4989 }, false],
    ['another split', { compliance: 0.4, symmetry: 0.25, effort: 0.2, game: 0.15 }, true],
    ['a negative weight', { compliance: 1.25, symmetry: -0.25, effort: 0, game: 0 }, false],
    ['a weight that is no number', { ...weights, compliance: Number.NaN }, false],
    ['a missing weight', { compliance: 0.5, symmetry: 0.5, effort: 0 }, false],
    ['a weight of something else', { ...weights, mood: 0 }, false],
  ])('with %s', (_, changed, accepted) => {
    expect(accepts({ ...DEFAULT_RULES, weights: changed })).toBe(accepted)
  })

  test('hold the weights within a muscle to the same sum', () => {
    const with3 = (each: number) => ({ completion: each, intensity: each, duration: each })
    expect(accepts({ ...DEFAULT_RULES, muscleWeights: with3(0.333) })).toBe(true)
    expect(accepts({ ...DEFAULT_RULES, muscleWeights: with3(0.332) })).toBe(false)
    expect(accepts({ ...DEFAULT_RULES, muscleWeights: { ...muscleWeights, duration: 1 } })).toBe(false)
  })

  test('have a score for each rating from 0 to 10, and for no other', () => {
    const { 7: _, ...gap } = rpeScores
    expect(accepts({ ...DEFAULT_RULES, rpeScores: gap })).toBe(false)
    expect(accepts({ ...DEFAULT_RULES, rpeScores: { ...rpeScores, 11: 20 } })).toBe(false)
    expect(accepts({ ...DEFAULT_RULES, rpeScores: { ...rpeScores, 3: 101 } })).toBe(false)
    expect(accepts({ ...DEFAULT_RULES, rpeScores: { ...rpeScores, 3: 50 } })).toBe(true)
  })

  test.each([
    ['a window of one value', { bfrWindow: { lowPercent: 50, highPercent: 50 } }, true],
    ['a window that ends before it begins', { bfrWindow: { ...bfrWindow, lowPercent: 56 } }, false],
    ['no contractions asked for', { targets: { ...targets, contractions: 0 } }, false],
    ['half a contraction asked for', { targets: { ...targets, contractions: 1.5 } }, false],
    ['more coverage than there is', { minimumCoverage: 1.01 }, false],
    ['something unknown', { mood: 1 }, false],
  ])('with %s', (_, changes, accepted) => {
    expect(accepts({ ...DEFAULT_RULES, ...changes })).toBe(accepted)
  })
})
