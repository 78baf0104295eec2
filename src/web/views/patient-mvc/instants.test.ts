import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { instantOf, localOf } from './instants.ts'

test('a field that is left empty says nothing', () => {
  expect(instantOf('')).toBeNull()
})

test('an instant that stands in a field is the same instant, to the minute', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 30_000_000 }), (minutes) => {
      const instant = new Date(minutes * 60_000).toISOString()
      expect(instantOf(localOf(instant))).toBe(instant)
    }),
  )
  expect(localOf('2026-03-09T09:00:59.999Z')).toMatch(/^2026-03-\d\dT\d\d:\d\d$/)
})
