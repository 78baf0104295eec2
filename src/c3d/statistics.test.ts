import { expect, test } from 'bun:test'
import { statistics } from './statistics.ts'

test('mean, population deviation, extremes and ends', () => {
  expect(statistics(Float64Array.of(1, 2, 3, 6))).toEqual({
    mean: 3,
    std: Math.sqrt(3.5),
    min: 1,
    max: 6,
    first: 1,
    last: 6,
  })
})

test('a large mean costs the deviation nothing', () => {
  expect(statistics(Float64Array.of(1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16)).std).toBeCloseTo(
    Math.sqrt(22.5),
    9,
  )
})

test('NaN and infinite samples are left out, and null where they are the ends', () => {
  expect(statistics(Float64Array.of(Number.NaN, 1, Infinity, 3, -Infinity))).toEqual({
    mean: 2,
    std: 1,
    min: 1,
    max: 3,
    first: null,
    last: null,
  })
})

test('no finite sample gives nothing but null', () => {
  const nothing = { mean: null, std: null, min: null, max: null, first: null, last: null }
  expect(statistics(new Float64Array(0))).toEqual(nothing)
  expect(statistics(Float64Array.of(Number.NaN))).toEqual(nothing)
})

test('one sample and a constant have no deviation', () => {
  expect(statistics(Float64Array.of(5))).toMatchObject({ mean: 5, std: 0, first: 5, last: 5 })
  expect(statistics(new Float64Array(1000).fill(0.1)).std).toBeCloseTo(0, 12)
})

test('the squares of the largest float32 samples, scaled by the largest scales, do not overflow', () => {
  expect(statistics(Float64Array.of(1e115, -1e115)).std).toBe(1e115)
})
