import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { ticksBetween } from './ticks.ts'

describe('ticks', () => {
  test.each([
    [0, 10, 5, [0, 2, 4, 6, 8, 10], 0],
    [0, 1, 5, [0, 0.2, 0.4, 0.6, 0.8, 1], 1],
    [-5.5, 5.5, 4, [-5, 0, 5], 0],
    [0.1, 0.35, 5, [0.1, 0.15, 0.2, 0.25, 0.3, 0.35], 2],
    [103.2, 109.1, 4, [104, 106, 108], 0],
    [0, 64_000, 10, [0, 10_000, 20_000, 30_000, 40_000, 50_000, 60_000], 0],
  ])('from %p to %p, about %p of them', (low, high, count, values, decimals) => {
    expect(ticksBetween(low, high, count)).toEqual({ values, decimals })
  })

  test('of a span without a length are its place', () => {
    expect(ticksBetween(3, 3, 5).values).toEqual([3])
    expect(ticksBetween(3, 2, 5).values).toEqual([3])
  })

  test('are round, equally apart, within the span, and neither too few nor too many', () => {
    const size = fc.integer({ min: -12, max: 12 }).map((power) => 10 ** power)
    fc.assert(
      fc.property(
        fc.double({ min: -1, max: 1, noNaN: true }),
        fc.double({ min: 0.01, max: 9, noNaN: true }),
        size,
        (start, span, unit) => {
          const [low, high] = [start * unit, (start + span) * unit]
          const { values, decimals } = ticksBetween(low, high, 5)
          const slack = 1e-8 * (high - low)
          expect(values.length).toBeWithin(1, 12)
          for (const value of values) {
            expect(value).toBeWithin(low - slack, high + slack + Number.MIN_VALUE)
            // What is printed is the value itself.
            expect(Math.abs(Number(value.toFixed(Math.min(100, decimals))) - value)).toBeLessThan(slack)
          }
          const steps = values.slice(1).map((value, i) => value - (values[i] as number))
          for (const step of steps) expect(Math.abs(step - (steps[0] as number))).toBeLessThan(slack)
        },
      ),
    )
  })
})
