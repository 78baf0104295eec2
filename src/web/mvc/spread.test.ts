import { expect, test } from 'bun:test'
import { chosenLanguage } from '../language/language.ts'
import { spreadText } from './spread.ts'

test('trials that are flagged for their spread are not shown as within 10 %', () => {
  chosenLanguage.value = 'en'
  expect([10.04, 9.97, 10, 3.21].map(spreadText)).toEqual([
    '10.04\u202f%',
    '9.97\u202f%',
    '10.0\u202f%',
    '3.2\u202f%',
  ])
})
