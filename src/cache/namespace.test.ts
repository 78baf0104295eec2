import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import * as v from 'valibot'
import { buildKey, namespace, patternsCollide } from './namespace.ts'

const declare = (key: string) => namespace({ key, ttl: '1h', schema: v.string() })

describe('namespace', () => {
  test('takes words and parameters parted by colons', () => {
    expect(declare('session:{sessionId}:emg_analysis').ttlMs).toBe(3_600_000)
  })

  test.each([
    ['an empty segment', 'a::b', /neither a word nor one/],
    ['half a parameter', 'a:{b', /neither a word nor one/],
    ['text around a parameter', 'a:x{b}', /neither a word nor one/],
    ['a parameter twice', 'a:{b}:{b}', /twice/],
    ['too long a pattern', `a:${'b'.repeat(250)}`, /longer than 250/],
  ])('refuses %s', (_, key, sentence) => {
    expect(() => declare(key)).toThrow(sentence)
  })

  test('refuses a lifetime without a unit or of nothing', () => {
    expect(() => namespace({ key: 'a', ttl: '5' as '5s', schema: v.string() })).toThrow(/no duration/)
    expect(() => namespace({ key: 'a', ttl: '0s', schema: v.string() })).toThrow(/no duration/)
  })
})

describe('buildKey', () => {
  test('fills the parameters in', () => {
    expect(buildKey('session:{id}:metadata', { id: '42' })).toBe('session:42:metadata')
  })

  test('escapes what looks like structure', () => {
    expect(buildKey('a:{x}', { x: 'b:c*{d}' })).toBe('a:b%3Ac%2A%7Bd%7D')
  })

  test('refuses an empty parameter and a key that is too long', () => {
    expect(() => buildKey('a:{x}', { x: '' })).toThrow(/is empty/)
    expect(() => buildKey('a:{x}', {})).toThrow(/is empty/)
    expect(() => buildKey('a:{x}', { x: 'y'.repeat(250) })).toThrow(/longer than 250/)
  })

  test('gives different parameters different keys', () => {
    const word = fc.string({ minLength: 1, maxLength: 20 }).filter((text) => text.isWellFormed())
    fc.assert(
      fc.property(word, word, word, word, (a, b, c, d) => {
        fc.pre(a !== c || b !== d)
        expect(buildKey('k:{x}:{y}', { x: a, y: b })).not.toBe(buildKey('k:{x}:{y}', { x: c, y: d }))
      }),
    )
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
