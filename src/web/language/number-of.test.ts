import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { chosenLanguage } from './language.ts'
import { decimalOf, isAmbiguous, numberOf } from './number-of.ts'

test.each([
  ['320', 320],
  [' 0,32 ', 0.32],
  ['0.320', 0.32],
  ['1\u202f250', 1250],
  ['1250,5', 1250.5],
  ['0', 0],
])('%p is %p', (text, value) => {
  expect(numberOf(text)).toBe(value)
})

test.each(['', '-3', '1,234', '1.234', '1,2,3', '3 µV', '1e3', '.5', '5.', 'NaN', 'Infinity'])(
  '%p is no number, or may be two',
  (text) => {
    expect(numberOf(text)).toBeNull()
  },
)

test('a number is the same with a comma and with a point', () => {
  fc.assert(
    fc.property(fc.nat(1e6), fc.nat(99), (whole, part) => {
      const decimals = String(part).padStart(2, '0')
      expect(numberOf(`${whole},${decimals}`)).toBe(Number(`${whole}.${decimals}`))
      expect(numberOf(`${whole}.${decimals}`)).toBe(Number(`${whole}.${decimals}`))
    }),
  )
})

test('three decimals are taken behind the mark of the language, and behind no other', () => {
  const read = () => ['1,125', '1.125', '0,125', '12,5', '1250', '-1', ''].map(decimalOf)
  chosenLanguage.value = 'fr'
  expect(read()).toEqual([1.125, null, 0.125, 12.5, 1250, null, null])
  chosenLanguage.value = 'en'
  expect(read()).toEqual([null, 1.125, 0.125, 12.5, 1250, null, null])
  expect(['1,125', '1.125', ' 1 ,000 '].map(isAmbiguous)).toEqual([true, false, true])
})
