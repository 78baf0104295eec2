/** 24000 damaged files: nothing but a C3dError leaves the reader, and what is read can be described. */

import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { expectSoundEndings } from '../support/damaged-files.ts'
import { damage, damaged, readAll, seeds } from './mutations.ts'

const RUNS = 24_000

describe('damaged files', () => {
  test('every seed is sound', () => {
    expect(seeds.map(({ file }) => readAll(file))).toEqual(seeds.map(() => 'READ'))
  })

  test(`${RUNS} mutations of header and parameters end in a code or a recording`, () => {
    expectSoundEndings({ damage, damaged, readAll }, { runs: RUNS, endings: 8 })
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
