import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { levinsonDurbin } from './levinson-durbin.ts'

describe('levinsonDurbin', () => {
  test('finds the model that autocorrelations come from', () => {
    // x[n] = 0.75 x[n-1] - 0.5 x[n-2] + e[n], by the Yule-Walker equations.
    const r = [1, 0.5]
    for (let k = 2; k <= 5; k++) r.push(0.75 * (r[k - 1] as number) - 0.5 * (r[k - 2] as number))
    const { coefficients, variance } = levinsonDurbin(r)
    for (const [i, value] of [0.75, -0.5, 0, 0, 0].entries())
      expect(coefficients[i] as number).toBeCloseTo(value, 14)
    expect(variance).toBeCloseTo(1 - 0.75 * 0.5 + 0.5 * (r[2] as number), 14)
  })

  test('solves the Yule-Walker equations of any signal, by a model that is no louder than it', () => {
    const signals = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 12, maxLength: 40 })
    fc.assert(
      fc.property(signals, fc.integer({ min: 0, max: 8 }), (x, order) => {
        fc.pre(x.some((each) => each !== 0))
        const r = Array.from({ length: order + 1 }, (_, lag) =>
          x.reduce((sum, each, i) => sum + each * (x[i - lag] ?? 0), 0),
        )
        const { coefficients, variance } = levinsonDurbin(r)
        expect(coefficients).toHaveLength(order)
        expect(variance).toBeWithin(0, (r[0] as number) + 1e-9)
        for (let k = 1; k <= order; k++) {
          const told = coefficients.reduce(
            (sum, each, j) => sum + each * (r[Math.abs(k - 1 - j)] as number),
            0,
          )
          expect(Math.abs(told - (r[k] as number))).toBeLessThan(1e-8 * (r[0] as number))
        }
      }),
    )
  })

  test('of a signal that is foretold wholly has no variance left', () => {
    const { coefficients, variance } = levinsonDurbin([2, 2, 2, 2])
    expect([...coefficients]).toEqual([1, 0, 0])
    expect(variance).toBe(0)
  })

  test('of lag 0 alone is the power', () => {
    expect(levinsonDurbin([3])).toEqual({ coefficients: new Float64Array(0), variance: 3 })
  })

  test.each([[[]], [[0, 1]], [[-1]], [[Number.NaN]], [[Number.POSITIVE_INFINITY]]])('refuses %p', (r) => {
    expect(() => levinsonDurbin(r)).toThrow(RangeError)
  })
})
