import { expect, test } from 'bun:test'
import { ratePercent } from './rate.ts'

test('a hit rate is never rounded up to what it is not', () => {
  expect(ratePercent(0.99999)).toBe(99.9)
  expect(ratePercent(1)).toBe(100)
  expect(ratePercent(0.29)).toBe(29)
  expect(ratePercent(0)).toBe(0)
  expect(ratePercent(null)).toBeNull()
})
