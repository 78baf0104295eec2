import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { medianFilter } from './median-filter.ts'

describe('medianFilter', () => {
  test('is the median of each window, zeros beyond the ends', () => {
    const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -1, max: 1, noNaN: true }))
    fc.assert(
      fc.property(fc.array(value, { maxLength: 40 }), fc.nat({ max: 40 }), (x, size) => {
        const half = size % (x.length + 1)
        const padded = [...Array(half).fill(0), ...x, ...Array(half).fill(0)]
        const expected = x.map((_, i) => padded.slice(i, i + 2 * half + 1).sort((a, b) => a - b)[half])
        const medians = [...medianFilter(x, 2 * half + 1)]
        expect(medians.length).toBe(x.length)
        for (const [i, median] of medians.entries()) expect(median === expected[i]).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('takes out a spike and keeps a step', () => {
    expect([...medianFilter([1, 1, 90, 1, 1, 5, 5, 5, 5], 3)]).toEqual([1, 1, 1, 1, 1, 5, 5, 5, 5])
  })

  test('of a constant is that constant, but for the zeros beyond the ends', () => {
    expect([...medianFilter([3, 3, 3, 3, 3], 3)]).toEqual([3, 3, 3, 3, 3])
  })

  test('of none is none, of one sample that sample by a window of 1', () => {
    expect(medianFilter([], 1)).toHaveLength(0)
    expect([...medianFilter([7], 1)]).toEqual([7])
    expect([...medianFilter([7], 3)]).toEqual([0])
  })

  test('a NaN reaches the windows that hold it, and no other; infinite values have their place', () => {
    expect([...medianFilter([1, 2, Number.NaN, 4, 5, 6], 3)].map(Number.isNaN)).toEqual([
      false,
      true,
      true,
      true,
      false,
      false,
    ])
    expect([...medianFilter([1, Number.POSITIVE_INFINITY, 3, Number.NEGATIVE_INFINITY, 5], 3)]).toEqual([
      1, 3, 3, 3, 0,
    ])
  })

  test.each([0, -1, 2, 2.5, Number.NaN, 9])('refuses a window of %d for three samples', (window) => {
    expect(() => medianFilter([1, 2, 3], window)).toThrow(RangeError)
  })
})
