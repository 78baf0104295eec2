import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { mean } from './mean.ts'

test('the mean of nothing is null', () => {
  expect(mean([])).toBeNull()
})

test('the mean of equal values is that value, of others what one would think', () => {
  expect(mean([100, 100, 100])).toBe(100)
  expect(mean([20, 60, 100])).toBe(60)
})

test('the order of the values changes nothing, to the bit', () => {
  expect(mean([0.3, 0.2, 0.1])).toBe(mean([0.1, 0.2, 0.3]))
  const values = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 2, maxLength: 8 })
  fc.assert(fc.property(values, (each) => expect(mean(each.toReversed())).toBe(mean(each))))
})
