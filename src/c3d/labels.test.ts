import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { uniqueNames } from './labels.ts'

test('labels that occur once are their own names', () => {
  expect(uniqueNames(['a', 'b'], 'A')).toEqual(['a', 'b'])
})

test('blank labels are named by their place, and repeated ones numbered', () => {
  expect(uniqueNames(['', 'a', 'a', '', 'a'], 'A')).toEqual(['A001', 'a', 'a (2)', 'A004', 'a (3)'])
})

test('a name that a later label has is left to that label', () => {
  expect(uniqueNames(['a', 'a', 'a (2)'], 'A')).toEqual(['a', 'a (3)', 'a (2)'])
  expect(uniqueNames(['', 'A001'], 'A')).toEqual(['A001', 'A001 (2)'])
})

test('names are unique whatever the labels', () => {
  const label = fc.constantFrom('', 'a', 'a (2)', 'a (2) (2)', 'A001', 'A002', 'b')
  fc.assert(
    fc.property(fc.array(label, { maxLength: 30 }), (labels) => {
      const names = uniqueNames(labels, 'A')
      expect(new Set(names).size).toBe(labels.length)
    }),
  )
})
