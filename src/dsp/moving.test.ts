import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { medianAbsoluteDeviation, movingMean, movingRms, windowLength } from './index.ts'

describe('movingMean', () => {
  test('shrinks its window at both ends', () => {
    expect([...movingMean([1, 2, 6], 3)]).toEqual([1.5, 3, 4])
    expect([...movingMean([1, 2, 6], 1)]).toEqual([1, 2, 6])
    expect([...movingMean([1, 2, 6], 99)]).toEqual([3, 3, 3])
    expect([...movingMean([5], 3)]).toEqual([5])
    expect(movingMean([], 3)).toHaveLength(0)
  })

  test('is the mean of each window, whatever the lengths', () => {
    const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { maxLength: 60 })
    fc.assert(
      fc.property(values, fc.integer({ min: 0, max: 40 }), (x, half) => {
        const means = movingMean(x, 2 * half + 1)
        for (const [i, mean] of means.entries()) {
          const window = x.slice(Math.max(0, i - half), i + half + 1)
          expect(mean).toBe(window.reduce((a, b) => a + b) / window.length)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('forgets an artefact as soon as it has left the window', () => {
    const x = new Float64Array(100).fill(1e-6)
    x[20] = 1e12
    const means = movingMean(x, 5)
    for (let i = 23; i < 100; i++) expect(means[i] as number).toBeCloseTo(1e-6, 20)
  })

  test('has NaN only where the window holds one', () => {
    const x = new Float64Array(20).fill(1)
    x[9] = Number.NaN
    const held = [...movingMean(x, 5)].flatMap((mean, i) => (Number.isNaN(mean) ? [i] : []))
    expect(held).toEqual([7, 8, 9, 10, 11])
  })

  test.each([0, -1, 2, 2.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses a window of %d', (window) => {
    expect(() => movingMean([1, 2, 3], window)).toThrow(RangeError)
  })
})

describe('movingRms', () => {
  test('of a constant is its size, to the ends', () => {
    for (const value of movingRms(new Float64Array(50).fill(-3), 7)) expect(value).toBe(3)
  })

  test('of few values', () => {
    expect([...movingRms([3, -4], 3)]).toEqual([Math.sqrt(12.5), Math.sqrt(12.5)])
    expect(movingRms([], 3)).toHaveLength(0)
  })
})

test('windowLength is odd, and within a sample of the duration', () => {
  expect(windowLength(50, 1000)).toBe(51)
  expect(windowLength(51, 1000)).toBe(51)
  expect(windowLength(25, 990)).toBe(25)
  expect(windowLength(0, 1000)).toBe(1)
  for (const ms of [1, 25, 50, 100, 250]) {
    for (const rate of [400, 990, 1080, 2000]) {
      const length = windowLength(ms, rate)
      expect(length % 2).toBe(1)
      expect(Math.abs(length - (ms * rate) / 1000)).toBeLessThanOrEqual(1)
    }
  }
})

describe('medianAbsoluteDeviation', () => {
  test('of few values', () => {
    expect(medianAbsoluteDeviation([1, 1, 2, 2, 4, 6, 9])).toBe(1)
    expect(medianAbsoluteDeviation([7])).toBe(0)
    expect(medianAbsoluteDeviation([])).toBeNaN()
  })

  test('does not see what fewer than half of the values are', () => {
    expect(medianAbsoluteDeviation([1, 2, 3, 4, 1e9])).toBe(1)
  })
})
