import { describe, expect, test } from 'bun:test'
import * as fc from 'fast-check'
import { emptyColumns, extentOf, fillColumns, isSparse, valueAt } from './columns.ts'
import type { Stretch } from './cover.ts'
import type { Piece } from './piece.ts'

const pieceOf = (
  low: readonly number[],
  high: readonly number[] = low,
  over: Partial<Piece> = {},
): Piece => ({
  channel: 0,
  kind: low === high ? 'samples' : 'windows',
  startMs: 0,
  endMs: low.length,
  stepMs: 1,
  sampleMs: 1,
  low: Float32Array.from(low),
  high: Float32Array.from(high),
  gaps: [],
  reason: null,
  ...over,
})

const whole = (piece: Piece): Stretch => ({ fromMs: piece.startMs, toMs: piece.endMs, piece })

describe('columns', () => {
  test('lose no extreme of the samples that fall into them', () => {
    const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 20, maxLength: 400 })
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 20 }), (samples, width) => {
        const piece = pieceOf(samples)
        const columns = emptyColumns(width)
        fillColumns(columns, whole(piece), { fromMs: 0, toMs: samples.length })
        expect(Math.min(...columns.low)).toBe(Math.min(...samples))
        expect(Math.max(...columns.high)).toBe(Math.max(...samples))
        for (const [i, sample] of samples.entries()) {
          const column = Math.floor((i * width) / samples.length)
          expect(columns.low[column]).toBeLessThanOrEqual(sample)
          expect(columns.high[column]).toBeGreaterThanOrEqual(sample)
        }
      }),
    )
  })

  test('are filled throughout by windows that are wider than they are', () => {
    const columns = emptyColumns(10)
    fillColumns(columns, whole(pieceOf([1, 2], [3, 4])), { fromMs: 0, toMs: 2 })
    expect([...columns.low]).toEqual([1, 1, 1, 1, 1, 2, 2, 2, 2, 2])
    expect([...columns.high]).toEqual([3, 3, 3, 3, 3, 4, 4, 4, 4, 4])
  })

  test('stay empty where samples are missing', () => {
    const columns = emptyColumns(4)
    fillColumns(columns, whole(pieceOf([1, Number.NaN, Number.NaN, 4])), { fromMs: 0, toMs: 4 })
    expect([...columns.high]).toEqual([1, Number.NaN, Number.NaN, 4])
  })

  test('take no more of a piece than its stretch', () => {
    const columns = emptyColumns(4)
    const piece = pieceOf([1, 2, 3, 4])
    fillColumns(columns, { fromMs: 1, toMs: 3, piece }, { fromMs: 0, toMs: 4 })
    expect([...columns.low]).toEqual([Number.NaN, 2, 3, Number.NaN])
  })
})

describe('a stretch', () => {
  const piece = pieceOf([5, -7, 3])

  test('is drawn as a line once its samples are a pixel apart', () => {
    expect(isSparse(whole(piece), { fromMs: 0, toMs: 3 }, 3)).toBeTrue()
    expect(isSparse(whole(piece), { fromMs: 0, toMs: 3 }, 2)).toBeFalse()
    expect(isSparse(whole(pieceOf([1], [2])), { fromMs: 0, toMs: 1 }, 100)).toBeFalse()
  })

  test('has the extent of its samples', () => {
    expect(extentOf([whole(piece)])).toEqual([-7, 5])
    expect(extentOf([whole(pieceOf([Number.NaN]))])).toBeNull()
    expect(extentOf([])).toBeNull()
  })

  test('is read at the nearest sample, or in the window around a time', () => {
    expect(valueAt([whole(piece)], 0.9)).toEqual([-7, -7])
    expect(valueAt([whole(pieceOf([1, 2], [3, 4]))], 0.9)).toEqual([1, 3])
    expect(valueAt([whole(pieceOf([Number.NaN]))], 0)).toBeNull()
    expect(valueAt([whole(piece)], 3)).toBeNull()
  })
})
