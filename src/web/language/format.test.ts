import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import {
  amplitude,
  bytes,
  byteUnit,
  exact,
  exactPercent,
  exactSeconds,
  fixed,
  percent,
  significant,
} from './format.ts'
import { chosenLanguage } from './language.ts'

const before = chosenLanguage.value
beforeEach(() => {
  chosenLanguage.value = 'en'
})
afterAll(() => {
  chosenLanguage.value = before
})

describe('bytes', () => {
  const sizes = [999, 1024, 1_080_000, 2.5e9, 7e12]

  test('are counted in the units of disks', () => {
    expect(sizes.map((size) => bytes(size))).toEqual([
      '999\u202fB',
      '1.02\u202fkB',
      '1.08\u202fMB',
      '2.5\u202fGB',
      '7\u202fTB',
    ])
  })

  test('are octets in French', () => {
    chosenLanguage.value = 'fr'
    expect(sizes.map((size) => bytes(size))).toEqual([
      '999\u202fo',
      '1,02\u202fko',
      '1,08\u202fMo',
      '2,5\u202fGo',
      '7\u202fTo',
    ])
    expect(byteUnit('MB')).toBe('Mo')
  })

  test('that round to the next unit are shown in it', () => {
    expect(bytes(999_600)).toBe('1\u202fMB')
  })
})

test('figures below zero bear a true minus sign in every language', () => {
  for (const language of ['en', 'fr', 'de', 'nl'] as const) {
    chosenLanguage.value = language
    for (const text of [fixed(-2.5, 1), significant(-1234), percent(-3), amplitude(-0.0001)])
      expect(text).toMatch(/^\u2212\d/)
  }
})

test('what rounds to nothing bears no sign', () => {
  expect([fixed(-0.04, 1), percent(-0.4)]).toEqual(['0.0', '0\u202f%'])
})

test('what somebody has set is shown with all its digits', () => {
  expect([exact(1_234_567.5), exactPercent(62.5), exactPercent(44.96), exactSeconds(2250)]).toEqual([
    '1,234,567.5',
    '62.5\u202f%',
    '44.96\u202f%',
    '2.25\u202fs',
  ])
  expect([exact(null), exactSeconds(null)]).toEqual(['–', '–'])
})
