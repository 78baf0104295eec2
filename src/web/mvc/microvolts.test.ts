import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { surprisingRatio, toMicrovolts, toVolts, typedMicrovolts } from './microvolts.ts'

const PLAUSIBLE = { least: 1e-6, most: 1e-2 }

test('µV become volts and are µV again', () => {
  expect(toVolts(120)).toBe(0.00012)
  expect(toMicrovolts(0.00032)).toBe(320)
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), (hundredths) => {
      const microvolts = hundredths / 100
      expect(toMicrovolts(toVolts(microvolts))).toBe(microvolts)
    }),
  )
})

describe('what is typed', () => {
  test.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['abc', 'no number'],
    ['-5', 'no number'],
    ['1,234', 'no number'],
    ['0,00032', 'too small'],
    ['0', 'too small'],
    ['1', 'fine'],
    ['320', 'fine'],
    ['320,5', 'fine'],
    ['10000', 'fine'],
    ['10001', 'too large'],
    ['320000', 'too large'],
  ])('%p is %p', (text, kind) => {
    expect(typedMicrovolts(text, PLAUSIBLE).kind).toBe(kind as never)
  })

  test('carries its volts', () => {
    expect(typedMicrovolts('320,5', PLAUSIBLE)).toMatchObject({ microvolts: 320.5, volts: 0.0003205 })
  })

  test('is not judged before the bounds are known', () => {
    expect(typedMicrovolts('320000', null).kind).toBe('fine')
  })
})

test('a value far from the one in force surprises, either way', () => {
  expect(surprisingRatio(3e-4, 2.5e-4)).toBeNull()
  expect(surprisingRatio(3e-4, null)).toBeNull()
  expect(surprisingRatio(3e-4, 3e-5)).toBeCloseTo(10, 9)
  expect(surprisingRatio(3e-5, 3e-4)).toBeCloseTo(0.1, 9)
})
