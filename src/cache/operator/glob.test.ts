import { describe, expect, test } from 'bun:test'
import * as fc from 'fast-check'
import { createGlob } from './glob.ts'

describe('a glob', () => {
  const part = fc.constantFrom('a', 'b', ':', '*', 'ab')
  const key = fc.array(fc.constantFrom('a', 'b', ':'), { maxLength: 8 }).map((parts) => parts.join(''))

  test('matches what a regular expression of it does', () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 7 }), key, (parts, text) => {
        const pattern = parts.join('')
        const expression = new RegExp(`^${pattern.replaceAll('*', '.*')}$`)
        expect(createGlob(pattern).matches(text)).toBe(expression.test(text))
      }),
      { numRuns: 2000 },
    )
  })

  test('covers a pattern only where it matches every key of it, and overlaps where it matches one', () => {
    const segment = fc.constantFrom('a', 'b', 'ab', '{x}', '{y}')
    const value = fc
      .array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 3 })
      .map((each) => each.join(''))
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 6 }),
        fc.uniqueArray(segment, { minLength: 1, maxLength: 3 }),
        value,
        value,
        (parts, segments, x, y) => {
          const glob = createGlob(parts.join(''))
          const keys = segments.join(':')
          const text = keys.replace('{x}', x).replace('{y}', y)
          if (glob.covers(keys)) expect(glob.matches(text)).toBe(true)
          if (glob.matches(text)) expect(glob.overlaps(keys)).toBe(true)
        },
      ),
      { numRuns: 3000 },
    )
    expect(createGlob('session:*:scores').overlaps('session:{id}:metadata')).toBe(false)
    expect(createGlob('session:7*').overlaps('session:{id}:metadata')).toBe(true)
    expect(createGlob('a:b').overlaps('{x}')).toBe(false)
  })

  test('takes no time worth speaking of, however it is made', () => {
    const begun = performance.now()
    createGlob('a*'.repeat(120)).matches(`${'a'.repeat(250)}b`)
    createGlob('a*'.repeat(120)).overlaps('{x}:{y}')
    expect(performance.now() - begun).toBeLessThan(200)
  })
})
