import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { formatAmplitude } from './amplitude.ts'

test.each([
  [0.0000749, 'V', '74.9 µV'],
  [0.0749, 'mV', '74.9 µV'],
  [74.9, 'uV', '74.9 µV'],
  [74.9, 'µV', '74.9 µV'],
  [74.9, 'μV', '74.9 µV'],
  [74_900, 'nV', '74.9 µV'],
  [0.0000749, 'Volts', '74.9 µV'],
  [74.9, 'microvolts', '74.9 µV'],
  [0.0749, 'millivolt', '74.9 µV'],
  [0.0749, ' MV ', '74.9 µV'],
  [0.000000001, 'kV', '1.00 µV'],
  [0.0012, 'V', '1.20 mV'],
  [1.2, 'V', '1.20 V'],
  [-0.00012, 'V', '-120 µV'],
  [2e-7, 'V', '200 nV'],
  [1.5e-12, 'V', '0.00150 nV'],
])('%d %s is %s', (value, unit, text) => {
  expect(formatAmplitude(value, unit)).toBe(text)
})

test('rounding up goes to the next unit', () => {
  expect(formatAmplitude(999.6e-6, 'V')).toBe('1.00 mV')
  expect(formatAmplitude(999.4e-6, 'V')).toBe('999 µV')
  expect(formatAmplitude(0.9996, 'V')).toBe('1.00 V')
  expect(formatAmplitude(9.996e-6, 'V')).toBe('10.0 µV')
})

test('zero, no number, and what is no voltage keep their meaning', () => {
  expect(formatAmplitude(0, 'V')).toBe('0 µV')
  expect(formatAmplitude(Number.NaN, 'V')).toBe('-')
  expect(formatAmplitude(Number.POSITIVE_INFINITY, 'mV')).toBe('-')
  expect(formatAmplitude(12.345, 'mmHg')).toBe('12.3 mmHg')
  expect(formatAmplitude(0.5, '%')).toBe('0.500 %')
  expect(formatAmplitude(5, '')).toBe('5.00')
  expect(formatAmplitude(12_345, 'V')).toBe('12300 V')
  expect(formatAmplitude(3e9, 'V')).toBe('3.00e+9 V')
})

test('the text, read back, is the amplitude within half of its last digit', () => {
  const back: Record<string, number> = { V: 1, mV: 1e-3, µV: 1e-6, nV: 1e-9 }
  fc.assert(
    fc.property(fc.double({ min: 1e-11, max: 900, noNaN: true }), fc.boolean(), (size, negative) => {
      const volts = negative ? -size : size
      const [number, unit = ''] = formatAmplitude(volts, 'V').split(' ')
      expect(Math.abs((Number(number) * (back[unit] ?? Number.NaN)) / volts - 1)).toBeLessThan(0.00501)
    }),
  )
})

test('the unit that a value is declared in makes no difference', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999_999 }), (microvolts) => {
      const inVolts = formatAmplitude(microvolts / 1e6, 'V')
      expect(formatAmplitude(microvolts / 1e3, 'mV')).toBe(inVolts)
      expect(formatAmplitude(microvolts, 'uV')).toBe(inVolts)
    }),
  )
})
