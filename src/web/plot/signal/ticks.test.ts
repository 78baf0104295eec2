import { describe, expect, test } from 'bun:test'
import * as fc from 'fast-check'
import { roundTicks, timeTicks } from './ticks.ts'

describe('ticks', () => {
  test('are round', () => {
    expect(roundTicks(0, 137, 6)).toEqual({ values: [0, 50, 100], decimals: 0 })
    expect(roundTicks(-0.3, 0.3, 6)).toEqual({ values: [-0.2, 0, 0.2], decimals: 1 })
    expect(roundTicks(0, 60, 12).values).toEqual(
      [0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60].filter((each) => each % 10 === 0),
    )
  })

  test('lie between the bounds, are never more than asked for, and say all of themselves in their decimals', () => {
    const bound = fc.double({ min: -1e6, max: 1e6, noNaN: true })
    const span = fc.double({ min: 1e-3, max: 1e7, noNaN: true })
    fc.assert(
      fc.property(bound, span, fc.integer({ min: 2, max: 20 }), (low, length, most) => {
        const { values, decimals } = roundTicks(low, low + length, most)
        expect(values.length).toBeLessThanOrEqual(most)
        expect(values.length).toBeGreaterThan(0)
        for (const value of values) {
          expect(value).toBeGreaterThanOrEqual(low - length * 1e-6)
          expect(value).toBeLessThanOrEqual(low + length * (1 + 1e-6))
          expect(Number(value.toFixed(decimals))).toBeCloseTo(value, Math.max(0, decimals) + 3)
        }
      }),
    )
  })

  test('are none where there is nothing between the bounds', () => {
    expect(roundTicks(5, 5, 4).values).toEqual([])
    expect(roundTicks(Number.NaN, 5, 4).values).toEqual([])
  })

  test('of time are seconds, in whole minutes and their parts where a recording is long', () => {
    expect(timeTicks(0, 600_000, 6).values).toEqual([0, 120, 240, 360, 480, 600])
    expect(timeTicks(0, 60_000, 6).values).toEqual([0, 20, 40, 60])
    expect(timeTicks(0, 2000, 6)).toEqual({ values: [0, 0.5, 1, 1.5, 2], decimals: 1 })
  })
})
