import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { burstStatistics } from './bursts.ts'
import { analyze, evenly, synth } from './fixtures.ts'

describe('statistics of contractions', () => {
  test('are as by hand', () => {
    const runs = [
      { start: 100, end: 300 },
      { start: 400, end: 800 },
      { start: 1400, end: 2000 },
    ]
    // At 100 Hz: 2, 4 and 6 s of 30 s, with 1 and 6 s between them.
    expect(burstStatistics(runs, 3000, 100)).toEqual({
      count: 3,
      meanDurationMs: 4000,
      sdDurationMs: 2000,
      minDurationMs: 2000,
      maxDurationMs: 6000,
      timeUnderTensionMs: 12_000,
      dutyCyclePercent: 40,
      meanRestMs: 3500,
      perMinute: 6,
    })
  })

  test('of one have no deviation and no rest, of none no duration', () => {
    expect(burstStatistics([{ start: 0, end: 50 }], 100, 100)).toMatchObject({
      count: 1,
      meanDurationMs: 500,
      sdDurationMs: null,
      meanRestMs: null,
      dutyCyclePercent: 50,
      perMinute: 60,
    })
    expect(burstStatistics([], 100, 100)).toEqual({
      count: 0,
      meanDurationMs: null,
      sdDurationMs: null,
      minDurationMs: null,
      maxDurationMs: null,
      timeUnderTensionMs: 0,
      dutyCyclePercent: 0,
      meanRestMs: null,
      perMinute: 0,
    })
  })

  test('of a recording without samples are no shares of it', () => {
    expect(burstStatistics([], 0, 1000)).toMatchObject({ count: 0, dutyCyclePercent: null, perMinute: null })
  })

  test('of a million are told, too', () => {
    const runs = Array.from({ length: 1_000_000 }, (_, i) => ({ start: 3 * i, end: 3 * i + 1 + (i % 2) }))
    expect(burstStatistics(runs, 3_000_000, 1000)).toMatchObject({
      count: 1e6,
      minDurationMs: 1,
      maxDurationMs: 2,
    })
  })

  test('contractions and rests between them add up to the time from the first to the last', () => {
    const gaps = fc.array(fc.tuple(fc.nat(500), fc.integer({ min: 1, max: 500 })), {
      minLength: 1,
      maxLength: 30,
    })
    fc.assert(
      fc.property(gaps, fc.constantFrom(100, 990, 2000), (pieces, rate) => {
        let at = 0
        const runs = pieces.map(([rest, length]) => {
          const start = at + rest
          at = start + length
          return { start, end: at }
        })
        const found = burstStatistics(runs, at + 10, rate)
        const rests = (found.meanRestMs ?? 0) * (runs.length - 1)
        const span = ((at - (runs[0]?.start ?? 0)) / rate) * 1000
        expect(found.timeUnderTensionMs + rests).toBeCloseTo(span, 6)
        expect(found.meanDurationMs).toBeWithin(
          (found.minDurationMs ?? 0) - 1e-9,
          (found.maxDurationMs ?? 0) + 1e-6,
        )
        expect(found.dutyCyclePercent).toBeWithin(0, 100)
      }),
    )
  })

  test('of a synthesised exercise are those that were put in', () => {
    const { bursts } = analyze(synth({ bursts: evenly(6, 4500, 2000, 150e-6) }).samples)
    expect(bursts.count).toBe(6)
    expect(bursts.meanDurationMs).toBeWithin(1980, 2060)
    expect(bursts.meanRestMs).toBeWithin(2440, 2520)
    expect(bursts.dutyCyclePercent).toBeWithin(39, 42)
    expect(bursts.perMinute).toBe(12)
    expect(bursts.sdDurationMs).toBeLessThan(30)
  })
})
