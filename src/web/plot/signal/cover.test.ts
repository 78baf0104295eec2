import { describe, expect, test } from 'bun:test'
import * as fc from 'fast-check'
import { askFor, coverOf, isFine } from './cover.ts'
import type { Piece } from './piece.ts'
import { spanOf } from './range.ts'

const pieceOf = (startMs: number, endMs: number, stepMs: number, over: Partial<Piece> = {}): Piece => ({
  channel: 0,
  kind: 'windows',
  startMs,
  endMs,
  stepMs,
  sampleMs: 1,
  low: new Float32Array(Math.ceil((endMs - startMs) / stepMs)),
  high: new Float32Array(Math.ceil((endMs - startMs) / stepMs)),
  gaps: [],
  reason: null,
  ...over,
})

describe('stretches', () => {
  test('are drawn from the finest piece there is of each', () => {
    const fine = pieceOf(400, 600, 1)
    const coarse = pieceOf(0, 1000, 10)
    expect(coverOf([fine, coarse], { fromMs: 100, toMs: 900 })).toEqual([
      { fromMs: 100, toMs: 400, piece: coarse },
      { fromMs: 400, toMs: 600, piece: fine },
      { fromMs: 600, toMs: 900, piece: coarse },
    ])
  })

  test('neither overlap nor leave the range, and miss only what no piece has', () => {
    const piece = fc
      .tuple(fc.nat(1000), fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 50 }))
      .map(([start, length, step]) => pieceOf(start, start + length, step))
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.nat(800), (pieces, from) => {
        const sorted = pieces.toSorted((a, b) => a.stepMs - b.stepMs)
        const range = { fromMs: from, toMs: from + 400 }
        const stretches = coverOf(sorted, range)
        for (const [i, each] of stretches.entries()) {
          expect(each.fromMs).toBeGreaterThanOrEqual(i === 0 ? range.fromMs : (stretches[i - 1]?.toMs ?? 0))
          expect(each.toMs).toBeLessThanOrEqual(range.toMs)
        }
        for (let ms = range.fromMs + 0.5; ms < range.toMs; ms++) {
          const known = sorted.find(({ startMs, endMs }) => startMs <= ms && ms < endMs)
          expect(stretches.find(({ fromMs, toMs }) => fromMs <= ms && ms < toMs)?.piece).toBe(known)
        }
      }),
    )
  })
})

describe('what is fine enough', () => {
  const range = { fromMs: 0, toMs: 1000 }

  test('has a window for each pixel, or nearly', () => {
    expect(isFine([pieceOf(0, 1000, 1)], range, 1000, 1000)).toBeTrue()
    expect(isFine([pieceOf(0, 1000, 1.25)], range, 1000, 1000)).toBeTrue()
    expect(isFine([pieceOf(0, 1000, 3)], range, 1000, 1000)).toBeFalse()
  })

  test('covers all of the range, as far as the channel goes', () => {
    expect(isFine([pieceOf(0, 900, 1)], range, 1000, 1000)).toBeFalse()
    expect(isFine([pieceOf(0, 900, 1)], range, 1000, 900)).toBeTrue()
  })

  test('is samples at any zoom, and what cannot be drawn at all', () => {
    const close = { fromMs: 0, toMs: 10 }
    expect(isFine([pieceOf(0, 1000, 1, { kind: 'samples' })], close, 1000, 1000)).toBeTrue()
    expect(isFine([pieceOf(0, 1000, 500, { reason: 'too slow' })], close, 1000, 1000)).toBeTrue()
    expect(isFine([pieceOf(0, 1000, 1)], close, 1000, 1000)).toBeFalse()
  })
})

describe('what is asked for', () => {
  test('covers the range with half of it around it, and makes it fine', () => {
    const duration = fc.double({ min: 1000, max: 3.6e6, noNaN: true })
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(duration, share, share, fc.integer({ min: 100, max: 3000 }), (durationMs, a, b, width) => {
        const span = Math.max(10, b * durationMs)
        const fromMs = a * (durationMs - span)
        const range = { fromMs, toMs: fromMs + span }
        const asking = askFor(range, width, durationMs)
        expect(asking.fromMs).toBeLessThanOrEqual(Math.max(0, fromMs - span / 2) + 1e-6)
        expect(asking.toMs).toBeGreaterThanOrEqual(Math.min(durationMs, range.toMs + span / 2) - 1e-6)
        expect(asking.toMs).toBeLessThanOrEqual(durationMs)
        const step = spanOf(asking) / Math.floor(asking.points / 2)
        expect(step).toBeLessThanOrEqual((span / width) * 1.001)
        const answered = pieceOf(asking.fromMs, asking.toMs, step, { low: new Float32Array(0) })
        expect(isFine([answered], range, width, durationMs)).toBeTrue()
      }),
    )
  })

  test('is the same for ranges that are nearly the same', () => {
    const a = askFor({ fromMs: 10_100, toMs: 11_100 }, 800, 60_000)
    const b = askFor({ fromMs: 10_110, toMs: 11_110 }, 800, 60_000)
    expect([b.fromMs, b.toMs]).toEqual([a.fromMs, a.toMs])
  })
})
