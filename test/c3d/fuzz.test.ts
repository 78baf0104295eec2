/** 24000 damaged files: nothing but a C3dError leaves the reader, and what is read can be described. */

import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { damage, damaged, readAll, seeds } from './mutations.ts'

const RUNS = 24_000

/** Far above what a file of a few kilobytes takes, far below what a loop that does not end does. */
const LONGEST_MS = 1000

describe('damaged files', () => {
  test('every seed is sound', () => {
    expect(seeds.map(({ file }) => readAll(file))).toEqual(seeds.map(() => 'READ'))
  })

  test(`${RUNS} mutations of header and parameters end in a code or a recording`, () => {
    const endings = new Map<string, number>()
    let longest = 0
    fc.assert(
      fc.property(damage, (made) => {
        const bytes = damaged(made)
        const start = performance.now()
        const ending = readAll(bytes)
        longest = Math.max(longest, performance.now() - start)
        endings.set(ending, (endings.get(ending) ?? 0) + 1)
      }),
      { numRuns: RUNS },
    )
    expect(longest).toBeLessThan(LONGEST_MS)
    // The damage has to be neither harmless nor hopeless, or it tests nothing.
    expect(endings.get('READ')).toBeGreaterThan(RUNS / 10)
    expect(endings.size).toBeGreaterThan(8)
  })

  test('random bytes behind a sound first block end in a code or a recording', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.uint8Array({ minLength: 600, maxLength: 4000 }), (seed, noise) => {
        const { file } = seeds[seed % seeds.length]!
        noise.set(file.subarray(0, Math.min(516, noise.length)))
        readAll(noise)
      }),
      { numRuns: 2000 },
    )
  })
})
