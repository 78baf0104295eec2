import { expect, test } from 'bun:test'
import { wordOf } from './word-of.ts'

test('a word is found by its name, and a name that nobody translated is none', () => {
  const table = { JOB_TIMEOUT: 'It took too long.', count: (n: number) => `${n}` }
  expect(wordOf(table, 'JOB_TIMEOUT')).toBe('It took too long.')
  expect(wordOf(table, 'GRIP_TOO_SHORT')).toBeUndefined()
  expect(wordOf(table, 'count')).toBeUndefined()
  expect(wordOf(table, 'constructor')).toBeUndefined()
})
