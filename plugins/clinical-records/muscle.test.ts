import { expect, test } from 'bun:test'
import fc from 'fast-check'
import * as v from 'valibot'
import { MuscleName, normaliseMuscle } from './muscle.ts'

test.each([
  ['Vastus Lateralis', 'vastus lateralis'],
  ['  vastus\t\n lateralis ', 'vastus lateralis'],
  ['M. deltoideus (pars clavicularis)', 'm. deltoideus (pars clavicularis)'],
  ['Gemellus e\u0301', 'gemellus \u00e9'],
  ['ふくらはぎ', 'ふくらはぎ'],
])('%p is stored as %p', (given, stored) => {
  expect(v.parse(MuscleName, given)).toBe(stored)
})

test.each(['', '   ', 'a\u0000b', 'a\u202eb', '\ud800', 'x'.repeat(101), 7, null])(
  '%p is refused',
  (given) => {
    expect(v.is(MuscleName, given)).toBe(false)
  },
)

test('a normalised name stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      const once = normaliseMuscle(name)
      expect(normaliseMuscle(once)).toBe(once)
    }),
  )
})

test('a name that is accepted satisfies the constraint of the table', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), (name) => {
      const result = v.safeParse(MuscleName, name)
      if (result.success) expect(result.output).not.toMatch(/^ | $| {2}|\p{Cc}/u)
    }),
  )
})
