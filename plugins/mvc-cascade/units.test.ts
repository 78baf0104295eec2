import { expect, test } from 'bun:test'
import { inVolts, voltsPer } from './units.ts'

test.each([
  ['V', 1],
  ['v', 1],
  ['Volts', 1],
  ['mV', 1e-3],
  ['millivolt', 1e-3],
  ['uV', 1e-6],
  ['\u00b5V', 1e-6],
  ['\u03bcV', 1e-6],
  [' microvolts ', 1e-6],
  ['nV', 1e-9],
  ['kV', 1e3],
])('%p is a voltage', (unit, factor) => {
  expect(voltsPer(unit)).toBe(factor)
})

test.each(['N', 'mm', '', '%', 'mVs', 'V/s', 'constructorV', '__proto__v'])('%p is none', (unit) => {
  expect(voltsPer(unit)).toBeNull()
})

test('a value without a unit is in V, and the basis says that this is assumed', () => {
  expect(inVolts(2e-4, null)).toEqual({ value: 2e-4, unitBasis: 'assumed' })
  expect(inVolts(2e-4, '  ')).toEqual({ value: 2e-4, unitBasis: 'assumed' })
  expect(inVolts(0.25, 'mV')).toEqual({ value: 2.5e-4, unitBasis: 'declared' })
  expect(inVolts(1, 'N')).toBeNull()
})
