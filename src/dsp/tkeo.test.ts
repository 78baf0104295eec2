import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { tkeo } from './tkeo.ts'

test('of a sine is amplitude squared times the sine squared of its step, whatever its phase', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.01, max: 3, noNaN: true }),
      fc.double({ min: 0, max: 7, noNaN: true }),
      (step, phase) => {
        const sine = Float64Array.from({ length: 50 }, (_, i) => 3 * Math.sin(step * i + phase))
        for (const value of tkeo(sine).subarray(1, 49)) expect(value).toBeCloseTo(9 * Math.sin(step) ** 2, 10)
      },
    ),
  )
})

test('of a constant is 0', () => {
  expect([...tkeo([2, 2, 2, 2])]).toEqual([0, 0, 0, 0])
})

test('of none, one and two samples is 0', () => {
  expect(tkeo([])).toHaveLength(0)
  expect([...tkeo([5])]).toEqual([0])
  expect([...tkeo([5, 6])]).toEqual([0, 0])
})

test('a NaN reaches its neighbours and no further', () => {
  expect([...tkeo([1, 2, 3, Number.NaN, 5, 6, 8])].map(Number.isNaN)).toEqual([
    false,
    false,
    true,
    true,
    true,
    false,
    false,
  ])
})
