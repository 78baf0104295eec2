import { expect, test } from 'bun:test'
import { chosenLanguage } from '../../language/language.ts'
import { adherenceText } from './adherence-text.ts'

test('adherence is not rounded into a category that it is not of', () => {
  chosenLanguage.value = 'en'
  expect([84.6, 85.4, 49.96, 50, 99.7, 100, 46.7, null].map(adherenceText)).toEqual([
    '84.6\u202f%',
    '85.4\u202f%',
    '49.96\u202f%',
    '50\u202f%',
    '99.7\u202f%',
    '100\u202f%',
    '47\u202f%',
    '–',
  ])
})
