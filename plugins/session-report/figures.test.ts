import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { figuresWith } from './figures.ts'

const english = figuresWith('.')
const french = figuresWith(',')
/** With plain blanks, to be read. */
const plain = (text: string): string => text.replaceAll('\u00a0', ' ')
const numberIn = (text: string): number => Number(plain(text).replace('−', '-').split(' ')[0])

describe('an amplitude', () => {
  test.each([
    [0.0000749, 'V', '74.9 µV', '74,9 µV'],
    [-1.2, 'mV', '−1.20 mV', '−1,20 mV'],
    [0.00241, 'V·s', '2.41 mV·s', '2,41 mV·s'],
    [-1.1351391e-9, 'V/s', '−1.14 nV/s', '−1,14 nV/s'],
    [118.7653, 'Hz', '119 Hz', '119 Hz'],
    [-0.061, 'Hz/s', '−0.0610 Hz/s', '−0,0610 Hz/s'],
    [7.1957e-14, '1/Hz⁶', '7.20 × 10⁻¹⁴ 1/Hz⁶', '7,20 × 10⁻¹⁴ 1/Hz⁶'],
    [0, 'V', '0 µV', '0 µV'],
  ])('of %p %s is %s', (value, unit, inEnglish, inFrench) => {
    expect(plain(english.amount(value, unit))).toBe(inEnglish)
    expect(plain(french.amount(value, unit))).toBe(inFrench)
  })
})

describe('a number that is held against a bar', () => {
  test.each([
    [74.96, [75], 1, '74.96 %'],
    [75, [75], 1, '75.0 %'],
    [75.04, [75], 1, '75.04 %'],
    [99.99999, [75, 100], 1, '99.99999 %'],
    [93.34, [75, 100], 1, '93.3 %'],
    [-0.01, [1], 1, '0.0 %'],
    [100.00000000000001, [75, 100], 1, '100.0 %'],
  ])('%p against %p with %p decimals is %s', (value, bars, decimals, shown) => {
    expect(plain(english.against(value, bars, decimals, '%'))).toBe(shown)
  })

  test('is shown on the side of it that it is on', () => {
    const near = fc.tuple(fc.double({ min: 1, max: 200, noNaN: true }), fc.integer({ min: -1000, max: 1000 }))
    fc.assert(
      fc.property(near, ([bar, steps]) => {
        const value = bar + steps * 1e-6
        const exact = Number(bar.toFixed(3))
        const shown = numberIn(english.against(value, [exact], 1))
        if (Math.abs(value - exact) > 1e-6) expect(Math.sign(shown - exact)).toBe(Math.sign(value - exact))
      }),
    )
  })

  test('a chance keeps to its side of 0.05', () => {
    expect([0.0499, 0.05, 0.04999, 0.5, 0.0004].map((p) => plain(english.chance(p)))).toEqual([
      'p = 0.0499',
      'p = 0.050',
      'p = 0.04999',
      'p = 0.500',
      'p < 0.001',
    ])
  })
})

test('a share that there is is never shown as none', () => {
  expect([0, 0.004, 0.01, 6.678, 100].map((share) => plain(english.share(share)))).toEqual([
    '0 %',
    '< 0.01 %',
    '0.01 %',
    '6.68 %',
    '100 %',
  ])
  expect(plain(french.share(0.004))).toBe('< 0,01 %')
})

test('nothing is minus zero', () => {
  expect(english.fixed(-0.04, 1)).toBe('0.0')
  expect(english.seconds(-0)).toBe('0.000\u00a0s')
})
