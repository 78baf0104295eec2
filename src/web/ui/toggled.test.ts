import { expect, test } from 'bun:test'
import { toggled } from './toggled.ts'

test('what is toggled stands in the order of all', () => {
  expect(toggled(['c'], 'a', ['a', 'b', 'c'])).toEqual(['a', 'c'])
  expect(toggled(['a', 'c'], 'a', ['a', 'b', 'c'])).toEqual(['c'])
})
