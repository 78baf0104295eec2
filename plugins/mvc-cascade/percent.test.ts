import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { mvcPercent } from './percent.ts'

test('the MVC itself is 100 %, and not above it', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1e-2, noNaN: true }), (mvc) => {
      expect(mvcPercent(mvc, mvc)).toEqual({ percent: 100, above: false })
    }),
  )
})

test('more than the MVC is said as it is, and flagged', () => {
  expect(mvcPercent(3e-4, 1.5e-4)).toEqual({ percent: 200, above: true })
})

test.each([0, -1e-4, Number.NaN])('an MVC of %p is refused', (mvc) => {
  expect(() => mvcPercent(1e-4, mvc)).toThrow('invalid MVC')
})
