import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { weightedMean } from './weights.ts'

const part = fc.record({
  weight: fc.double({ min: 0, max: 1, noNaN: true }).map((weight) => (weight < 1e-6 ? 0 : weight)),
  value: fc.option(fc.double({ min: 0, max: 100, noNaN: true })),
})
const parts = fc
  .array(part, { maxLength: 6 })
  .map((list) => list.map((each, i) => ({ id: `part${i}`, ...each })))
const total = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0)

describe('the weighted mean', () => {
  test('of everything is the plain one', () => {
    const mean = weightedMean([
      { id: 'a', weight: 0.75, value: 80 },
      { id: 'b', weight: 0.25, value: 40 },
    ])
    expect(mean).toEqual({
      value: 70,
      coverage: 1,
      effective: { a: 0.75, b: 0.25 },
      formula: '(w_a * a + w_b * b) / (w_a + w_b)',
      values: { w_a: 0.75, a: 80, w_b: 0.25, b: 40 },
    })
  })

  test('gives the weight of what is missing to the rest, in proportion', () => {
    const mean = weightedMean([
      { id: 'a', weight: 0.5, value: 60 },
      { id: 'b', weight: 0.25, value: 90 },
      { id: 'c', weight: 0.25, value: null },
    ])
    expect(mean.value).toBe(70)
    expect(mean.coverage).toBe(0.75)
    expect(mean.effective).toEqual({ a: 2 / 3, b: 1 / 3, c: 0 })
  })

  test.each([
    ['nothing', []],
    ['what is missing', [{ id: 'a', weight: 1, value: null }]],
    ['what has no weight', [{ id: 'a', weight: 0, value: 100 }]],
  ])('of %s is null', (_, list) => {
    expect(weightedMean(list)).toMatchObject({ value: null, coverage: 0 })
  })

  test('has weights that add up to 1, none of them for what is missing', () => {
    fc.assert(
      fc.property(parts, (list) => {
        const { value, effective } = weightedMean(list)
        const sum = total(Object.values(effective))
        if (value === null) expect(sum).toBe(0)
        else expect(Math.abs(sum - 1)).toBeLessThan(1e-12)
        for (const each of list) if (each.value === null) expect(effective[each.id]).toBe(0)
      }),
    )
  })

  test('lies between the least and the greatest value', () => {
    fc.assert(
      fc.property(parts, (list) => {
        const { value } = weightedMean(list)
        const values = list.flatMap((each) => (each.value !== null && each.weight > 0 ? [each.value] : []))
        if (value === null) return expect(values).toEqual([])
        expect(value).toBeGreaterThanOrEqual(Math.min(...values))
        expect(value).toBeLessThanOrEqual(Math.max(...values))
      }),
    )
  })

  test('depends on the proportions of the weights only', () => {
    fc.assert(
      fc.property(parts, fc.double({ min: 0.01, max: 1000, noNaN: true }), (list, factor) => {
        const scaled = list.map((each) => ({ ...each, weight: each.weight * factor }))
        const [before, after] = [weightedMean(list), weightedMean(scaled)]
        if (before.value === null) return expect(after.value).toBeNull()
        expect(after.value).toBeCloseTo(before.value, 9)
        expect(after.coverage).toBeCloseTo(before.coverage, 9)
      }),
    )
  })
})
