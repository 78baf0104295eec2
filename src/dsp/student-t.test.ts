import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { incompleteBeta } from './incomplete-beta.ts'
import { studentTwoSided } from './student-t.ts'

/** Relative, but for what lies below the range of numbers. */
function expectExact(actual: number, expected: number, tolerance = 1e-12): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * Math.abs(expected) + 1e-300)
}

describe('studentTwoSided', () => {
  const t = fc.double({ min: 1e-6, max: 1e4, noNaN: true })

  test('has the published closed forms of 1, 2 and 4 degrees of freedom', () => {
    fc.assert(
      fc.property(t, (value) => {
        expectExact(studentTwoSided(value, 1), (2 / Math.PI) * Math.atan(1 / value))
        const root = Math.sqrt(value * value + 2)
        expectExact(studentTwoSided(value, 2), 2 / (root * (root + value)))
        const s = value / Math.sqrt(value * value + 4)
        // 1 - s, without the loss of a difference.
        const rest = 4 / (value * value + 4) / (1 + s)
        expectExact(studentTwoSided(value, 4), (rest * rest * (2 + s)) / 2)
      }),
    )
  })

  // By mpmath 1.3.0 at 40 digits: betainc(df / 2, 1 / 2, 0, df / (df + t^2), regularized=True).
  test.each([
    [1e-6, 10, 0.9999992217832321],
    [1.5, 3, 0.23058386524482305],
    [2.228138851964939, 10, 0.05000000000180863],
    [2.5, 28, 0.018550923069545745],
    [12.5, 28, 5.652313256471524e-13],
    [40, 28, 2.9857214075343436e-26],
    [0.01, 5000, 0.9920216863229856],
    [3.3, 5000, 0.0009736212812864911],
    [1.96, 100_000, 0.04999856319430164],
    [1e8, 4, 5.999999999999996e-32],
    [1e200, 7, 0],
    [0.7, 0.5, 0.6854006625207665],
  ])('of %d on %d degrees of freedom is %d', (value, degrees, expected) => {
    expectExact(studentTwoSided(value, degrees), expected)
    expect(studentTwoSided(-value, degrees)).toBe(studentTwoSided(value, degrees))
  })

  test('is 1 at 0 and 0 at infinity', () => {
    expect(studentTwoSided(0, 5)).toBe(1)
    expect(studentTwoSided(1e-200, 5)).toBe(1)
    expect(studentTwoSided(Number.NEGATIVE_INFINITY, 5)).toBe(0)
  })

  test('falls as t grows', () => {
    fc.assert(
      fc.property(t, fc.double({ min: 0.5, max: 1e5, noNaN: true }), (value, degrees) => {
        expect(studentTwoSided(value * 1.01, degrees)).toBeLessThanOrEqual(studentTwoSided(value, degrees))
      }),
    )
  })

  test.each([
    [Number.NaN, 5],
    [1, 0],
    [1, -1],
    [1, Number.NaN],
    [1, Number.POSITIVE_INFINITY],
  ])('refuses t = %d on %d degrees of freedom', (value, degrees) => {
    expect(() => studentTwoSided(value, degrees)).toThrow(RangeError)
  })
})

describe('incompleteBeta', () => {
  // By mpmath 1.3.0 at 40 digits.
  test.each([
    [0.5, 0.5, 0.3, 0.36901011956554536],
    [2, 3, 0.4, 0.5248],
    [10.5, 0.5, 0.99, 0.6498436580780912],
    [0.001, 2, 0.5, 0.9998067465369478],
    [300, 400, 0.42, 0.32446288688220354],
    [2000, 0.5, 0.999, 0.04545975843785471],
    [5, 5000, 0.002, 0.9710113408930425],
  ])('of a = %d, b = %d at %d is %d', (a, b, x, expected) => {
    expectExact(incompleteBeta(a, b, x), expected)
  })

  test('of 1 and 1 is the identity, of a and 1 a power', () => {
    const share = fc.double({ min: 1e-3, max: 1, noNaN: true })
    fc.assert(
      fc.property(share, fc.double({ min: 0.1, max: 50, noNaN: true }), (x, a) => {
        expectExact(incompleteBeta(1, 1, x), x)
        expectExact(incompleteBeta(a, 1, x), x ** a)
      }),
    )
  })

  test('both tails together are 1', () => {
    const parameter = fc.double({ min: 0.1, max: 500, noNaN: true })
    fc.assert(
      fc.property(parameter, parameter, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, x) => {
        expect(incompleteBeta(a, b, x, 1 - x) + incompleteBeta(b, a, 1 - x, x)).toBeCloseTo(1, 11)
      }),
    )
  })

  test('takes a complement that tells more than the difference from 1', () => {
    // I_x(1/2, 1) is the root of x; here x differs from 1 by less than a number can.
    expect(incompleteBeta(1, 0.5, 1, 1e-30)).toBe(1 - 1e-15)
  })

  test.each([
    [0, 1, 0.5],
    [1, -1, 0.5],
    [Number.NaN, 1, 0.5],
    [1, Number.POSITIVE_INFINITY, 0.5],
    [1, 1, 1.1],
    [1, 1, -0.1],
    [1, 1, Number.NaN],
  ])('refuses a = %d, b = %d, x = %d', (a, b, x) => {
    expect(() => incompleteBeta(a, b, x)).toThrow(RangeError)
  })
})
