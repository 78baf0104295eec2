import { describe, expect, test } from 'bun:test'
import { linkOf, nameFault } from './draft.ts'

describe('a login name', () => {
  test.each(['anna', 'Anna', ' anna.b ', 'a@b-c_1', '0'])('may be “%s”', (name) => {
    expect(nameFault(name)).toBeUndefined()
  })

  test.each([
    ['', 'missing'],
    ['  ', 'missing'],
    ['a'.repeat(65), 'tooLong'],
    ['anna berg', 'characters'],
    ['.anna', 'characters'],
    ['zoë', 'characters'],
  ] as const)('may not be “%s”', (name, fault) => {
    expect(nameFault(name)).toBe(fault)
  })
})

test('a link is whole, with what follows its #', () => {
  expect(linkOf('/setup#reset=abc', 'https://emg.example')).toBe('https://emg.example/setup#reset=abc')
})
