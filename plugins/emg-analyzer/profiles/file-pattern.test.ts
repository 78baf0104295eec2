import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { matchesFile } from './file-pattern.ts'

/** The same by a regular expression, which takes long for some patterns. */
function byExpression(pattern: string, name: string): boolean {
  const parts = [...pattern].map((each) => {
    if (each === '*') return '[\\s\\S]*'
    return each === '?' ? '[\\s\\S]' : each.replace(/[\\^$.|+()[\]{}/-]/g, '\\$&')
  })
  return new RegExp(`^${parts.join('')}$`, 'iu').test(name)
}

describe('matchesFile', () => {
  test.each([
    ['Ghostly_*.c3d', 'ghostly_emg_1.C3D'],
    ['*', ''],
    ['**', 'x'],
    ['', ''],
    ['a?c', 'abc'],
    ['*a', 'aaa'],
    ['*ab*ab', 'abab'],
    ['walk (1).c3d', 'Walk (1).c3d'],
    ['?.c3d', '🦵.c3d'],
    ['?Σ', 'aΣ'],
    ['?', 'İ'],
    ['Größe*', 'GRÖSSE'.toLowerCase().replace('ss', 'ß')],
    ['gehen süd*', 'Gehen Su\u0308d.c3d'],
  ])('%j means %j', (pattern, name) => {
    expect(matchesFile(pattern, name)).toBe(true)
  })

  test.each([
    ['Ghostly_*.c3d', 'ghostly.c3d'],
    ['a?c', 'ac'],
    ['?', ''],
    ['', 'x'],
    ['*.c3d', 'walk.c3d.txt'],
    ['walk.c3d', 'walkXc3d'],
    ['[ab]', 'a'],
    ['*ab*ab', 'aab'],
  ])('%j does not mean %j', (pattern, name) => {
    expect(matchesFile(pattern, name)).toBe(false)
  })

  test('means what a regular expression means', () => {
    const letters = fc.constantFrom('a', 'b', 'A', '.', '*', '?', '(', '\\', 'é')
    const text = (most: number) => fc.array(letters, { maxLength: most }).map((each) => each.join(''))
    fc.assert(
      fc.property(text(8), text(10), (pattern, name) => {
        expect(matchesFile(pattern, name)).toBe(byExpression(pattern, name))
      }),
      { numRuns: 2000 },
    )
  })

  test('a name is meant by every pattern that is made of it', () => {
    const made = fc
      .array(fc.tuple(fc.string({ unit: 'grapheme', maxLength: 4 }), fc.constantFrom('same', '?', '*')), {
        maxLength: 8,
      })
      .map((parts) => {
        const name = parts.map(([text]) => text.normalize('NFC'))
        const pattern = parts.map(([, how], i) => {
          const text = name[i] as string
          return how === 'same' ? text : how === '*' ? '*' : '?'.repeat([...text].length)
        })
        return { name: name.join(''), pattern: pattern.join('') }
      })
      // Joining may make one character of two.
      .filter(({ name }) => name === name.normalize('NFC'))
    fc.assert(fc.property(made, ({ name, pattern }) => expect(matchesFile(pattern, name)).toBe(true)))
  })

  test('a pattern that a regular expression takes for ever over is matched at once', () => {
    const started = performance.now()
    expect(matchesFile(`${'*a'.repeat(100)}*b`, 'a'.repeat(255))).toBe(false)
    expect(performance.now() - started).toBeLessThan(200)
  })
})
