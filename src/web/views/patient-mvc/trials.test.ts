import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { parseTrials } from './trials.ts'

test.each([
  ['3-7', [[3000, 7000]]],
  [
    ' 3 – 7 ; 12,5—16; ',
    [
      [3000, 7000],
      [12_500, 16_000],
    ],
  ],
  ['0.3-3.3', [[300, 3300]]],
] as const)('%p is read', (text, trials) => {
  expect(parseTrials(text)?.map(({ startMs, endMs }) => [startMs, endMs])).toEqual(trials as never)
})

test.each(['', ' ; ', '3', '3-', '7-3', '3-3', '1-2-3', 'a-b', '-3-7', '3-7, 9-12'])('%p is not', (text) => {
  expect(parseTrials(text)).toBeNull()
})

test('whatever trials there are, they are read as they were written', () => {
  const trial = fc.tuple(fc.nat(99_999), fc.integer({ min: 1, max: 9999 }))
  fc.assert(
    fc.property(fc.array(trial, { minLength: 1, maxLength: 20 }), (list) => {
      const trials = list.map(([at, length]) => ({ startMs: at * 10, endMs: (at + length) * 10 }))
      const text = trials
        .map(({ startMs, endMs }) => `${(startMs / 1000).toFixed(2)}-${(endMs / 1000).toFixed(2)}`)
        .join('; ')
      expect(parseTrials(text)).toEqual(trials)
    }),
  )
})

test('more than a request takes are refused', () => {
  expect(parseTrials(Array.from({ length: 101 }, () => '1-2').join(';'))).toBeNull()
})
