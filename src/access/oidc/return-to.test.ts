import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { pathHere } from './return-to.ts'

test.each([
  ['/', '/'],
  ['/patients/P001?tab=mvc#last', '/patients/P001?tab=mvc#last'],
  ['/a/../b', '/b'],
  ['/\n/evil.example', undefined],
  ['/.//evil.example', undefined],
  ['/\\evil.example', undefined],
  ['/"><script>', '/%22%3E%3Cscript%3E'],
  ['//evil.example', undefined],
  ['https://here.invalid/a', undefined],
  ['', undefined],
])('%p leads to %p', (text, path) => expect(pathHere(text)).toBe(path))

test('whatever it is, it leads nowhere else, and is itself when it is read once more', () => {
  const part = fc.constantFrom(
    '/',
    '\\',
    '.',
    '..',
    '\t',
    '\n',
    '@',
    ':',
    '?',
    '#',
    'https:',
    'evil.example',
    '%2f',
  )
  const text = fc
    .array(fc.oneof(part, fc.string({ maxLength: 3, unit: 'binary' })))
    .map((parts) => `/${parts.join('')}`)
  let taken = 0
  fc.assert(
    fc.property(text, (each) => {
      const path = pathHere(each)
      if (path === undefined) return
      taken++
      expect(new URL(path, 'https://emg.example/api/login').origin).toBe('https://emg.example')
      expect(pathHere(path)).toBe(path)
    }),
    { numRuns: 2000 },
  )
  expect(taken).toBeGreaterThan(200)
})
