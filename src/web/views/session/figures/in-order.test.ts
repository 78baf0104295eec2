import { expect, test } from 'bun:test'
import { inOrder } from './in-order.ts'

test('what the order does not know follows, as it was', () => {
  expect(inOrder(['x', 'mav', 'a', 'rms'], ['rms', 'mav', 'peak'])).toEqual(['rms', 'mav', 'x', 'a'])
})
