import { describe, expect, test } from 'bun:test'
import { bfrGate } from './bfr-gate.ts'
import { completion } from './completion.ts'
import { duration } from './duration.ts'
import { effort } from './effort.ts'
import { figure, missing } from './figure.ts'
import { game } from './game.ts'
import { intensity } from './intensity.ts'
import { DEFAULT_RULES } from './rules.ts'
import { symmetry } from './symmetry.ts'

const percent = (value: number | null) =>
  value === null ? missing('%', 'x', {}, 'not analysed') : figure('%', 'x', {}, value)

describe('completion', () => {
  test.each([
    [0, 12, 0],
    [6, 12, 0.5],
    [12, 12, 1],
    [34, 12, 1],
  ])('of %i contractions where %i are asked for is %f', (total, target, value) => {
    expect(completion(total, target).value).toBe(value)
  })

  test('of a muscle of which nothing is asked is null', () => {
    expect(completion(3, 0)).toMatchObject({
      value: null,
      reason: 'no contraction is asked of this muscle',
      explanation: { values: { total: 3, target: 0 }, working: null },
    })
  })
})

describe.each([
  ['intensity', intensity, 'no MVC is known'],
  ['duration', duration, 'no duration is asked for'],
] as const)('%s', (_, rate, unknown) => {
  test('is a share of the completed contractions, whatever was asked for', () => {
    expect(rate(8, 6).value).toBe(0.75)
    expect(rate(34, 33).value).toBe(33 / 34)
  })

  test('without a contraction is null, not 0', () => {
    expect(rate(0, 0)).toMatchObject({ value: null, reason: 'there is no contraction' })
  })

  test('of an unknown count is null', () => {
    expect(rate(8, null)).toMatchObject({ value: null, reason: unknown })
  })
})

describe('the gate', () => {
  const gate = (left: number | null, right: number | null) =>
    bfrGate({ left, right }, DEFAULT_RULES.bfrWindow)

  test.each([
    [44.9, 0],
    [45, 1],
    [50, 1],
    [55, 1],
    [55.1, 0],
  ])('at %f %% is %i', (pressure, value) => {
    expect(gate(pressure, null).value).toBe(value)
    expect(gate(null, pressure).value).toBe(value)
    expect(gate(pressure, 50).value).toBe(value)
  })

  test('is not there where no pressure was measured', () => {
    expect(gate(null, null)).toMatchObject({
      value: null,
      reason: 'no pressure was measured; the gate is not applied',
    })
  })

  test('shows the pressures it judged, and no other', () => {
    expect(gate(50, 70).explanation.working).toBe('within(50, 45, 55) * within(70, 45, 55) = 0')
    expect(gate(null, 50).explanation.values).toEqual({ right: 50, low: 45, high: 55 })
  })
})

describe('symmetry', () => {
  test.each([
    [80, 80, 100],
    [60, 20, 50],
    [20, 60, 50],
    [0, 70, 0],
  ])('of %f and %f is %f', (left, right, value) => {
    expect(symmetry(percent(left), percent(right)).value).toBe(value)
  })

  test.each([
    [0, 0, 'both sides are 0: there is nothing to compare'],
    [null, 50, 'left: not analysed'],
    [50, null, 'right: not analysed'],
    [null, null, 'left: not analysed'],
  ])('of %p and %p is null', (left, right, reason) => {
    expect(symmetry(percent(left), percent(right))).toMatchObject({ value: null, reason })
  })
})

describe('effort', () => {
  test.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const)('of %i is what the rules say', (rpe) => {
    expect(effort(rpe, DEFAULT_RULES.rpeScores).value).toBe(DEFAULT_RULES.rpeScores[rpe])
  })

  test('of nobody who was asked is null, not that of a rating of 4', () => {
    expect(effort(null, DEFAULT_RULES.rpeScores)).toMatchObject({
      value: null,
      reason: 'no rating of perceived exertion was given',
    })
  })
})

describe('the game', () => {
  test.each([
    [850, 1000, 85],
    [0, 1000, 0],
    [1200, 1000, 100],
  ])('of %i of %i points is %i', (points, max, value) => {
    expect(game({ points, max }).value).toBe(value)
  })

  test('without points to be had is null, not 0', () => {
    expect(game({ points: 0, max: 0 })).toMatchObject({
      value: null,
      reason: 'there were no points to be had',
    })
  })

  test('that was not played is null', () => {
    expect(game(null)).toMatchObject({ value: null, reason: 'no game was played' })
  })
})
