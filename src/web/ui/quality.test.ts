import { expect, test } from 'bun:test'
import { worstOf } from './quality.ts'

test('a session is as good as its worst channel, and unknown without any', () => {
  expect(worstOf({ good: 7, usable: 0, poor: 1 })).toBe('poor')
  expect(worstOf({ good: 7, usable: 1, poor: 0 })).toBe('usable')
  expect(worstOf({ good: 1, usable: 0, poor: 0 })).toBe('good')
  expect(worstOf({ good: 0, usable: 0, poor: 0 })).toBe('unknown')
})
