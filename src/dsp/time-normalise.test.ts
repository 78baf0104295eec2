import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { naturalSpline } from './natural-spline.ts'
import { timeNormalise } from './time-normalise.ts'

const values = [1, 4, 2, 8, 5, 7]

describe('timeNormalise', () => {
  test('gives 101 points, the ends as they are', () => {
    const curve = timeNormalise(values)
    expect(curve).toHaveLength(101)
    expect([curve[0], curve[20], curve[100]]).toEqual([1, 4, 7])
    expect(curve[10] as number).toBeCloseTo(2.5, 12)
  })

  test('of a stretch between samples', () => {
    expect([...timeNormalise(values, { points: 3, start: 0.5, end: 1.5 })]).toEqual([2.5, 4, 3])
  })

  // By scipy 1.17.1: scipy.interpolate.CubicSpline(range(6), values, bc_type='natural').
  test('along a natural spline is scipy’s', () => {
    const whole = [
      1, 3.291267942583732, 4, 2.501196172248804, 2, 5.078947368421053, 8, 7.058014354066986, 5,
      5.188995215311006, 7,
    ]
    const part = [
      3.291267942583732, 3.75941985645933, 1.8657296650717705, 4.11627168062201, 8, 6.477824087918661,
      4.7903708133971294,
    ]
    for (const [i, value] of timeNormalise(values, { points: 11, method: 'cubic' }).entries()) {
      expect(value).toBeCloseTo(whole[i] as number, 12)
    }
    for (const [i, value] of timeNormalise(values, {
      points: 7,
      start: 0.5,
      end: 4.25,
      method: 'cubic',
    }).entries()) {
      expect(value).toBeCloseTo(part[i] as number, 12)
    }
  })

  test.each(['linear', 'cubic'] as const)(
    '%s keeps a straight line, whatever its length and the points',
    (method) => {
      const length = fc.integer({ min: 1, max: 300 })
      fc.assert(
        fc.property(length, fc.integer({ min: 2, max: 300 }), (n, points) => {
          const curve = timeNormalise(
            Array.from({ length: n }, (_, i) => 3 - 2 * i),
            { points, method },
          )
          expect(curve).toHaveLength(points)
          for (const [i, value] of curve.entries()) {
            expect(value).toBeCloseTo(3 - (2 * (n - 1) * i) / (points - 1), 9)
          }
        }),
      )
    },
  )

  test('stays within the samples when linear', () => {
    const x = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 50 })
    fc.assert(
      fc.property(x, (samples) => {
        for (const value of timeNormalise(samples)) {
          expect(value).toBeWithin(Math.min(...samples) - 1e-12, Math.max(...samples) + 1e-12)
        }
      }),
    )
  })

  test('of one sample, or a stretch of no length, is a constant', () => {
    for (const method of ['linear', 'cubic'] as const) {
      expect(new Set(timeNormalise([5], { method }))).toEqual(new Set([5]))
      expect(new Set(timeNormalise(values, { start: 2, end: 2, method }))).toEqual(new Set([2]))
    }
  })

  test('a NaN reaches the points beside it, or all of a spline', () => {
    const x = [1, 2, Number.NaN, 4, 5]
    const lost = [...timeNormalise(x, { points: 9 })].map(Number.isNaN)
    expect(lost).toEqual([false, false, false, true, true, true, false, false, false])
    expect([...timeNormalise(x, { points: 8, method: 'cubic' })].every(Number.isNaN)).toBe(true)
  })

  test.each([
    ['no samples', [], {}],
    ['one point', values, { points: 1 }],
    ['half a point', values, { points: 2.5 }],
    ['a stretch turned about', values, { start: 3, end: 2 }],
    ['a stretch before the signal', values, { start: -1 }],
    ['a stretch beyond the signal', values, { end: 5.1 }],
    ['a stretch that is no number', values, { start: Number.NaN }],
  ])('refuses %s', (_, x, options) => {
    expect(() => timeNormalise(x, options)).toThrow(RangeError)
  })
})

describe('naturalSpline', () => {
  test('goes through its values', () => {
    const x = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 50 })
    fc.assert(
      fc.property(x, (y) => {
        const valueAt = naturalSpline(y)
        for (const [i, value] of y.entries()) expect(valueAt(i)).toBeCloseTo(value, 12)
      }),
    )
  })

  test('of no values is refused', () => {
    expect(() => naturalSpline([])).toThrow(RangeError)
  })
})
