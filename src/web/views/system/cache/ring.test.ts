import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { appended, type Counters, ratesOver } from './ring.ts'

const ringOf = (...rows: readonly (readonly [number, number, number])[]): readonly Counters[] =>
  rows.map(([at, reads, misses]) => ({ at, reads, misses }))

describe('a ring of counters', () => {
  test('keeps the newest ones, and no more than it is told', () => {
    let ring: readonly Counters[] = []
    for (let at = 1; at <= 5; at++) ring = appended(ring, { at, reads: at, misses: 0 }, 3)
    expect(ring.map(({ at }) => at)).toEqual([3, 4, 5])
  })

  test('begins anew when the server has begun to count anew', () => {
    const ring = ringOf([1, 10, 2], [2, 20, 2])
    expect(appended(ring, { at: 3, reads: 1, misses: 1 }, 9)).toEqual(ringOf([3, 1, 1]))
    expect(appended(ring, { at: 3, reads: 20, misses: 1 }, 9)).toEqual(ringOf([3, 20, 1]))
  })

  test('takes nothing twice, as when the stream is opened again', () => {
    const ring = ringOf([1, 10, 2], [2, 20, 2])
    expect(appended(ring, { at: 2, reads: 20, misses: 2 }, 9)).toBe(ring)
  })
})

describe('rates', () => {
  test('are unknown with nothing to compare', () => {
    expect(ratesOver([], 60_000)).toBeUndefined()
    expect(ratesOver(ringOf([0, 5, 5]), 60_000)).toBeUndefined()
  })

  test('are of the window alone', () => {
    const ring = ringOf([0, 0, 0], [10_000, 100, 100], [20_000, 110, 101])
    expect(ratesOver(ring, 10_000)).toEqual({ reads: 10, hitRate: 0.9, readsPerS: 1, spanMs: 10_000 })
    expect(ratesOver(ring, 60_000)?.reads).toBe(110)
  })

  test('have no hit rate without reads', () => {
    expect(ratesOver(ringOf([0, 5, 5], [1000, 5, 5]), 1000)).toEqual({
      reads: 0,
      hitRate: null,
      readsPerS: 0,
      spanMs: 1000,
    })
  })

  test('are shares, whatever was counted', () => {
    const step = fc.record({ ms: fc.integer({ min: 1, max: 9999 }), hits: fc.nat(50), misses: fc.nat(50) })
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 30 }),
        fc.integer({ min: 1, max: 60_000 }),
        (steps, windowMs) => {
          let ring: readonly Counters[] = [{ at: 0, reads: 0, misses: 0 }]
          for (const { ms, hits, misses } of steps) {
            const last = ring.at(-1) as Counters
            const next = { at: last.at + ms, reads: last.reads + hits + misses, misses: last.misses + misses }
            ring = appended(ring, next, 10)
          }
          expect(ring.length).toBeLessThanOrEqual(10)
          const hitRate = ratesOver(ring, windowMs)?.hitRate ?? 0
          expect(hitRate).toBeGreaterThanOrEqual(0)
          expect(hitRate).toBeLessThanOrEqual(1)
        },
      ),
    )
  })
})
