import { describe, expect, test } from 'bun:test'
import { formulaText, type Reading, unitOf, workingText } from './explain.ts'

const NAMES: Readonly<Record<string, string>> = {
  total: 'contractions',
  target: 'target',
  left: 'left',
  right: 'right',
  min: 'the smaller of',
  mean: 'the mean of',
  low: 'lowest',
  high: 'highest',
  within: 'within',
  w_effort: 'weight of effort',
  effort: 'effort',
}
const reading: Reading = { name: (id) => NAMES[id], figure: (value) => value.toFixed(1).replace('.', ',') }

describe('a formula', () => {
  test.each([
    ['total / target', 'contractions ÷ target'],
    ['min(total / target, 1)', 'the smaller of (contractions ÷ target; 1,0)'],
    ['mean(left, right) * 2', 'the mean of (left; right) × 2,0'],
    ['100 * (1 - abs(left - right) / (left + right))', '100,0 × (1,0 − |left − right| ÷ (left + right))'],
    ['(w_effort * effort) / (w_effort)', '(weight of effort × effort) ÷ (weight of effort)'],
    ['abs((left) - right)', '|(left) − right|'],
  ])('%s is said as %s', (formula, said) => {
    expect(formulaText(formula, reading)).toBe(said)
  })

  test.each(['weighted mean of the components', 'total ^ target', '100 * (nobody)', 'left left?'])(
    'that nobody can read is not said: %s',
    (formula) => {
      expect(formulaText(formula, reading)).toBeNull()
    },
  )
})

describe('a working', () => {
  test('has the figures in place of the names', () => {
    const values = { total: 11, target: 12 }
    expect(workingText('min(total / target, 1)', values, reading)).toBe('the smaller of (11,0 ÷ 12,0; 1,0)')
    const pressures = { left: 50, low: 45, high: 55 }
    expect(workingText('within(left, low, high)', pressures, reading)).toBe('within (50,0; 45,0; 55,0)')
  })

  test('is not there where a figure is missing', () => {
    expect(workingText('total / target', { total: null, target: 12 }, reading)).toBeNull()
  })
})

test('units follow the name, and the formula where a side stands for a pressure', () => {
  expect(unitOf('left', 'mean(left, right)')).toBe('percent')
  expect(unitOf('left', 'within(left, low, high)')).toBe('occlusion')
  expect(unitOf('w_left', 'w_left * left')).toBe('weight')
  expect(unitOf('muscle_2', 'mean(muscle_2)')).toBe('percent')
  expect(unitOf('total', 'total / target')).toBe('contractions')
  expect(unitOf('completion', '100 * completion')).toBe('ratio')
})
