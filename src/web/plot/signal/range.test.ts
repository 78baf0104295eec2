import { describe, expect, test } from 'bun:test'
import * as fc from 'fast-check'
import {
  bringIn,
  closeUp,
  isWhole,
  LEAST_SPAN_MS,
  panBy,
  pinch,
  spanOf,
  wholeOf,
  withinRecording,
  zoomAbout,
} from './range.ts'

const duration = fc.double({ min: 100, max: 4e6, noNaN: true })
/** A range of a recording, by shares of it. */
const inside = duration.chain((durationMs) =>
  fc
    .tuple(fc.double({ min: 0, max: 0.9, noNaN: true }), fc.double({ min: 0.01, max: 1, noNaN: true }))
    .map(([start, length]) => ({
      durationMs,
      range: withinRecording({ fromMs: start * durationMs, toMs: (start + length) * durationMs }, durationMs),
    })),
)
const share = fc.double({ min: 0, max: 1, noNaN: true })
const factor = fc.double({ min: 0.001, max: 1000, noNaN: true })
const anywhere = fc.double({ min: -1e7, max: 1e7, noNaN: true })

function expectInside(range: { fromMs: number; toMs: number }, durationMs: number): void {
  expect(range.fromMs).toBeGreaterThanOrEqual(0)
  expect(range.toMs).toBeLessThanOrEqual(durationMs * (1 + 1e-12))
  expect(spanOf(range)).toBeGreaterThanOrEqual(Math.min(LEAST_SPAN_MS, durationMs) * (1 - 1e-9))
}

describe('the range shown', () => {
  test('stays in the recording, and no closer than its least, whatever is done to it', () => {
    fc.assert(
      fc.property(inside, share, factor, anywhere, anywhere, ({ durationMs, range }, at, by, a, b) => {
        const atMs = range.fromMs + at * spanOf(range)
        expectInside(zoomAbout(range, atMs, by, durationMs), durationMs)
        expectInside(panBy(range, a, durationMs), durationMs)
        expectInside(withinRecording({ fromMs: a, toMs: b }, durationMs), durationMs)
        expectInside(pinch([a, b], [at, 1 - at], durationMs), durationMs)
        expectInside(bringIn(range, { fromMs: atMs, toMs: atMs + 50 }, durationMs), durationMs)
      }),
    )
  })

  test('keeps the time that is zoomed about where it is, but for the ends of the recording', () => {
    fc.assert(
      fc.property(inside, share, factor, ({ durationMs, range }, at, by) => {
        const atMs = range.fromMs + at * spanOf(range)
        const zoomed = zoomAbout(range, atMs, by, durationMs)
        const meetsEnd = zoomed.fromMs <= 0 || zoomed.toMs >= durationMs * (1 - 1e-12)
        if (!meetsEnd) expect((atMs - zoomed.fromMs) / spanOf(zoomed)).toBeCloseTo(at, 6)
        // Never out of sight.
        expect(atMs).toBeGreaterThanOrEqual(zoomed.fromMs - 1e-6 * durationMs)
        expect(atMs).toBeLessThanOrEqual(zoomed.toMs + 1e-6 * durationMs)
      }),
    )
  })

  test('keeps its span when it is moved', () => {
    fc.assert(
      fc.property(inside, anywhere, ({ durationMs, range }, by) => {
        expect(spanOf(panBy(range, by, durationMs))).toBeCloseTo(spanOf(range), 4)
      }),
    )
  })

  test('keeps the times under two fingers under them', () => {
    const range = pinch([2000, 4000], [0.25, 0.75], 60_000)
    expect(range).toEqual({ fromMs: 1000, toMs: 5000 })
    expect(spanOf(pinch([2000, 4000], [0.4, 0.6], 60_000))).toBeCloseTo(10_000)
  })

  test('becomes all of the recording where it would be longer', () => {
    expect(zoomAbout({ fromMs: 10, toMs: 900 }, 500, 10, 1000)).toEqual(wholeOf(1000))
    expect(isWhole(zoomAbout({ fromMs: 10, toMs: 900 }, 500, 10, 1000), 1000)).toBeTrue()
  })

  test('puts ends right that were dragged backwards', () => {
    expect(withinRecording({ fromMs: 500, toMs: 200 }, 1000)).toEqual({ fromMs: 200, toMs: 500 })
  })

  test('moves as little as it takes to show a contraction, with some room', () => {
    expect(bringIn({ fromMs: 0, toMs: 1000 }, { fromMs: 1400, toMs: 1600 }, 9000)).toEqual({
      fromMs: 620,
      toMs: 1620,
    })
    expect(bringIn({ fromMs: 0, toMs: 2000 }, { fromMs: 1400, toMs: 1600 }, 9000)).toEqual({
      fromMs: 0,
      toMs: 2000,
    })
  })

  test('widens for a contraction that is longer than it', () => {
    expect(bringIn({ fromMs: 0, toMs: 100 }, { fromMs: 1000, toMs: 2000 }, 9000)).toEqual({
      fromMs: 900,
      toMs: 2100,
    })
  })

  test('shows a contraction by itself with half as much around it', () => {
    expect(closeUp({ fromMs: 1000, toMs: 2000 }, 9000)).toEqual({ fromMs: 500, toMs: 2500 })
  })
})
