import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import * as v from 'valibot'
import { buildTag, createKeyBuilder } from './key.ts'
import { MAX_KEY_LENGTH, namespace, PREFIX_LENGTH, patternsCollide } from './namespace.ts'

type Rest = Partial<Parameters<typeof namespace>[0]>
const declare = (key: string, rest: Rest = {}) => namespace({ key, ttl: '1h', schema: v.string(), ...rest })
const keyOf = (pattern: string, params: Record<string, string>, rest?: Rest) =>
  createKeyBuilder(declare(pattern, rest), 'secret').key('', params)

describe('namespace', () => {
  test('takes words and parameters parted by colons', () => {
    expect(declare('session:{sessionId}:emg_analysis').ttlMs).toBe(3_600_000)
  })

  test('may be stale as long as it was fresh, unless it says otherwise', () => {
    expect(declare('a').graceMs).toBe(3_600_000)
    expect(declare('a', { grace: '5s' }).graceMs).toBe(5000)
  })

  test.each([
    ['an empty segment', 'a::b', /neither a word nor one/],
    ['half a parameter', 'a:{b', /neither a word nor one/],
    ['text around a parameter', 'a:x{b}', /neither a word nor one/],
    ['a parameter twice', 'a:{b}:{b}', /twice/],
    ['too long a pattern', `a:${'b'.repeat(250)}`, /can be \d+ characters long; 250 is the most/],
    ['parameters that can become too long', 'a:{b}:{c}:{d}:{e}', /can be \d+ characters long/],
  ])('refuses %s', (_, key, sentence) => {
    expect(() => declare(key)).toThrow(sentence)
  })

  test('knows how long its keys can become', () => {
    const parameters = { b: 100, c: 100 }
    expect(() => declare('a:{b}:{c}', { lengths: parameters })).not.toThrow()
    expect(() => declare('a:{b}:{c}', { lengths: { ...parameters, c: 130 } })).toThrow(/250/)
  })

  test.each([
    ['tag', { tags: ['x:{nobody}'] }],
    ['personal parameter', { personal: ['nobody'] }],
    ['length', { lengths: { nobody: 3 } }],
  ])('refuses a %s of a parameter that the key has not', (_, rest) => {
    expect(() => declare('a:{b}', rest)).toThrow(/has no parameter nobody/)
  })

  test('refuses a lifetime without a unit or of nothing, and too large a value', () => {
    expect(() => declare('a', { ttl: '5' as '5s' })).toThrow(/no duration/)
    expect(() => declare('a', { ttl: '0s' })).toThrow(/no duration/)
    expect(() => declare('a', { maxBytes: 2 ** 30 })).toThrow(/maxBytes may be/)
  })
})

describe('keys', () => {
  test('have the parameters filled in', () => {
    expect(keyOf('session:{id}:metadata', { id: '42' })).toBe('session:42:metadata')
  })

  test('escape what looks like structure', () => {
    expect(keyOf('a:{x}', { x: 'b:c*{d}' })).toBe('a:b%3Ac%2A%7Bd%7D')
  })

  test('refuse a parameter that is empty, too long or no text', () => {
    expect(() => keyOf('a:{x}', { x: '' })).toThrow(/is empty/)
    expect(() => keyOf('a:{x}', {})).toThrow(/is empty/)
    expect(() => keyOf('a:{x}', { x: 'y'.repeat(65) })).toThrow(/longer than 64/)
    expect(() => keyOf('a:{x}', { x: 'y\ud800' })).toThrow(/well-formed/)
  })

  test('name no person', () => {
    const rest = { personal: ['code'] }
    const key = keyOf('patient:{code}:mvc', { code: 'P001' }, rest)
    expect(key).toMatch(/^patient:[\w-]{22}:mvc$/)
    expect(key).not.toBe(keyOf('patient:{code}:mvc', { code: 'P002' }, rest))
    expect(key).toBe(keyOf('patient:{code}:mvc', { code: 'P001' }, rest))
    expect(createKeyBuilder(declare('patient:{code}:mvc', rest), 'other').key('', { code: 'P001' })).not.toBe(
      key,
    )
  })

  test('of different parameters differ, and none is too long', () => {
    const word = fc
      .string({ minLength: 1, maxLength: 8, unit: 'binary' })
      .filter((text) => text.isWellFormed())
    const lengths = { x: 100, y: 100 }
    fc.assert(
      fc.property(word, word, word, word, (a, b, c, d) => {
        fc.pre(a !== c || b !== d)
        const key = keyOf('k:{x}:{y}', { x: a, y: b }, { lengths })
        expect(key).not.toBe(keyOf('k:{x}:{y}', { x: c, y: d }, { lengths }))
        expect(key.length + PREFIX_LENGTH).toBeLessThanOrEqual(MAX_KEY_LENGTH)
      }),
    )
  })

  test('and tags are built alike, by those who declare and those who announce', () => {
    const space = declare('patient:{code}:mvc', { tags: ['mvc.changed:{code}'], personal: ['code'] })
    const [tag] = createKeyBuilder(space, 'secret').tags({ code: 'P001' })
    expect(tag).toBe(buildTag('mvc.changed:{code}', { code: 'P001' }, new Set(['code']), 'secret'))
    expect(tag).not.toContain('P001')
    expect(buildTag('a.b:{x}:c', { x: 'y:z' }, new Set(), 'secret')).toBe('a.b:y%3Az:c')
  })
})

describe('patternsCollide', () => {
  test.each([
    ['session:{a}', 'session:{b}', true],
    ['session:{a}:x', 'session:{a}:y', false],
    ['session:{a}', 'session:{a}:x', false],
    ['{kind}:1', 'session:{id}', true],
    ['patient:{a}:x', 'session:{a}:x', false],
  ])('%s and %s: %p', (a, b, collide) => {
    expect(patternsCollide(a, b)).toBe(collide)
    expect(patternsCollide(b, a)).toBe(collide)
  })
})
