import { beforeAll, expect, test } from 'bun:test'
import { chosenLanguage } from '../../../language/language.ts'
import { readSpan, secondsText } from './span.ts'

beforeAll(() => {
  chosenLanguage.value = 'en'
})

test('a stretch is read in seconds, with a point or a comma', () => {
  expect(readSpan('1.5', ' 2,25 ', 10_000)).toEqual({ startMs: 1500, endMs: 2250 })
  expect(readSpan('0', '10', 10_000)).toEqual({ startMs: 0, endMs: 10_000 })
})

test('what cannot be is told beside the field that it is of', () => {
  expect(readSpan('', '2', 10_000)).toEqual({ field: 'start', problem: 'not a time' })
  expect(readSpan('-1', '2', 10_000)).toEqual({ field: 'start', problem: 'not a time' })
  expect(readSpan('1', '2s', 10_000)).toEqual({ field: 'end', problem: 'not a time' })
  expect(readSpan('2', '2', 10_000)).toEqual({ field: 'end', problem: 'start after end' })
  expect(readSpan('2', '10.001', 10_000)).toEqual({ field: 'end', problem: 'beyond' })
})

test('a time stands in its field to the millisecond', () => {
  expect([3032.3232, 1000, 0].map(secondsText)).toEqual(['3.032', '1', '0'])
})
