/** Damaged files: nothing but a refusal leaves the reader, what is read can be described, and none takes long. */
import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { readEdf } from '../../plugins/edf-reader/codec/index.ts'
import { expectSoundEndings } from '../support/damaged-files.ts'
import { damage, damaged, readAll, seeds } from './mutations.ts'
import { small } from './support.ts'

const RUNS = 5000

describe('damaged files', () => {
  test('every seed is sound', () => {
    expect(seeds.map(readAll)).toEqual(seeds.map(() => 'READ'))
  })

  test(`${RUNS} mutations end in a code or a recording`, () => {
    expectSoundEndings({ damage, damaged, readAll }, { runs: RUNS, endings: 5 })
  })

  test('random bytes behind a sound header end in a code or a recording', () => {
    fc.assert(
      fc.property(
        fc.nat(seeds.length - 1),
        fc.uint8Array({ minLength: 300, maxLength: 4000 }),
        fc.integer({ min: 8, max: 1024 }),
        (seed, noise, kept) => {
          noise.set((seeds[seed] as Uint8Array).subarray(0, Math.min(kept, noise.length)))
          readAll(noise)
        },
      ),
      { numRuns: 1000 },
    )
  })

  test('cut off at every byte of its header and at its end, a file is refused or read', () => {
    const bytes = small()
    for (let length = 0; length < bytes.length; length += length < 1100 ? 1 : 97) {
      readAll(bytes.subarray(0, length))
    }
  })
})

test('reading takes time in proportion to the size, of annotations too', () => {
  const of = (count: number): number => {
    const annotations = Array.from({ length: count }, (_, i) => ({ time: i / 1000, text: 'Pulse' }))
    const bytes = small({ annotations })
    const times = Array.from({ length: 5 }, () => {
      const start = performance.now()
      readEdf(bytes)
      return performance.now() - start
    })
    return Math.min(...times)
  }
  of(1000)
  // Ten times the annotations; a quadratic reader takes a hundred times as long.
  expect(of(20_000)).toBeLessThan(40 * Math.max(of(2000), 0.5))
})
