import { beforeAll, expect, test } from 'bun:test'
import fc from 'fast-check'
import { amount, chance, chanceText, decimalsAgainst, typedNumber, voltsIn } from './amounts.ts'
import { fixed } from './format.ts'
import { chosenLanguage } from './language.ts'

beforeAll(() => {
  chosenLanguage.value = 'en'
})

test('voltages are read as files spell them, and nothing else is', () => {
  expect(['V', 'mV', 'MV', 'uV', 'µV', 'μV', 'volts', 'millivolts', 'nV'].map(voltsIn)).toEqual([
    1, 1e-3, 1e-3, 1e-6, 1e-6, 1e-6, 1, 1e-3, 1e-9,
  ])
  expect(['N', 'Nmm', 'g', '', 'V/V', 'Hz'].map(voltsIn)).toEqual([null, null, null, null, null, null])
})

test('amplitudes are shown in µV whatever unit the channel has, by and over time too', () => {
  expect(amount(0.0001166, 'V')).toBe('117\u202fµV')
  expect(amount(0.1166, 'mV')).toBe('117\u202fµV')
  expect(amount(0.00000206, 'V/s')).toBe('2.06\u202fµV/s')
  expect(amount(0.000159, 'V·s')).toBe('159\u202fµV·s')
})

test('other units are kept, and nothing is without digits', () => {
  expect(amount(63.42140590066178, 'Hz')).toBe('63.4\u202fHz')
  expect(amount(3.531400294786768e-13, '1/Hz⁶')).toBe('3.53\u202f×\u202f10⁻¹³\u202f1/Hz⁶')
  expect(amount(0, 'N')).toBe('0\u202fN')
  expect(fixed(-0.04, 1)).toBe('0.0')
  expect(fixed(-0.06, 1)).toMatch(/^[-−]0\.1$/)
  expect(amount(null, 'V')).toBe('–')
  expect(amount(Number.NaN, 'V')).toBe('–')
})

test('no figure is rounded across the bar it is held against', () => {
  expect(decimalsAgainst(74.96, [75], 1)).toBe(2)
  expect(decimalsAgainst(75, [75], 1)).toBe(1)
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 200, noNaN: true }),
      fc.integer({ min: 0, max: 200 }),
      (value, bar) => {
        const shown = Number(value.toFixed(decimalsAgainst(value, [bar], 0)))
        if (Math.abs(value - bar) > 1e-8) expect(Math.sign(shown - bar)).toBe(Math.sign(value - bar))
      },
    ),
  )
})

test('a probability is never 0, and stays on its side of 0.05', () => {
  expect([0.003, 0.0499, 0.0501, 0.5, 0.00001, null].map(chance)).toEqual([
    '0.003',
    '0.0499',
    '0.0501',
    '0.50',
    '<\u202f0.001',
    '–',
  ])
})

test('a probability is said with its sign', () => {
  expect([0.03, 0.0001].map(chanceText)).toEqual(['p\u202f=\u202f0.03', 'p\u202f<\u202f0.001'])
})

test('a number stands in a field with the mark of the language, and no group is parted', () => {
  expect(typedNumber(1234.567)).toBe('1234.567')
  chosenLanguage.value = 'fr'
  expect([typedNumber(1234.567), typedNumber(20)]).toEqual(['1234,567', '20'])
  chosenLanguage.value = 'en'
})
