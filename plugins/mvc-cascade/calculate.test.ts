import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { calculateMvc, largestRms, p95Envelope } from './calculate.ts'

const RATE = 1000
const constant = (length: number, value: number) => new Float64Array(length).fill(value)

/** 0, but for one stretch. */
function step(length: number, start: number, end: number, value: number): Float64Array {
  return new Float64Array(length).fill(value, start, end)
}

describe('largestRms', () => {
  test('is the loudest half second of the run, and nothing outside of it', () => {
    const x = step(5000, 1000, 1600, 3e-4)
    expect(largestRms(x, RATE, { start: 0, end: 5000 }, null)).toBeCloseTo(3e-4, 12)
    expect(largestRms(x, RATE, { start: 2000, end: 5000 }, null)).toBe(0)
    // 300 of 501 samples at most.
    expect(largestRms(step(5000, 1000, 1300, 3e-4), RATE, { start: 0, end: 5000 }, null)).toBeCloseTo(
      3e-4 * Math.sqrt(300 / 501),
      12,
    )
  })

  test('takes a run of 250 to 500 ms as one window, and refuses a shorter one', () => {
    const x = constant(1000, 2e-4)
    expect(largestRms(x, RATE, { start: 0, end: 250 }, null)).toBeCloseTo(2e-4, 12)
    expect(largestRms(x, RATE, { start: 0, end: 249 }, null)).toBeNull()
    expect(largestRms(x, RATE, { start: 10, end: 10 }, null)).toBeNull()
  })

  test('a dropout counts as if it were not there, unless it takes most of the window', () => {
    const x = constant(1000, 2e-4).fill(9, 300, 500)
    const mask = new Uint8Array(1000).fill(1, 300, 500)
    expect(largestRms(x, RATE, { start: 0, end: 1000 }, mask)).toBeCloseTo(2e-4, 12)
    expect(largestRms(x, RATE, { start: 290, end: 560 }, mask)).toBeNull()
  })

  test('is as large as a window-by-window computation finds it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: -1e-3, max: 1e-3, noNaN: true }), fc.boolean()), {
          minLength: 60,
          maxLength: 200,
        }),
        (samples) => {
          const x = Float64Array.from(samples, ([value]) => value)
          const mask = Uint8Array.from(samples, ([, lost]) => (lost ? 1 : 0))
          const rate = 100
          const window = 51
          let most: number | null = null
          const length = Math.min(window, x.length % 2 ? x.length : x.length - 1)
          for (let i = 0; i + length <= x.length; i++) {
            const kept = [...x.subarray(i, i + length)].filter((_, j) => !mask[i + j])
            if (kept.length < length / 2) continue
            const rms = Math.sqrt(kept.reduce((sum, value) => sum + value * value, 0) / kept.length)
            most = Math.max(most ?? 0, rms)
          }
          const result = largestRms(x, rate, { start: 0, end: x.length }, mask)
          if (most === null) expect(result).toBeNull()
          else expect(result).toBeCloseTo(most, 12)
        },
      ),
    )
  })
})

describe('calculateMvc', () => {
  test('takes the loudest contraction and says how many there were', () => {
    const x = step(10_000, 1000, 2000, 1e-4)
    x.fill(2e-4, 5000, 6000)
    const runs = [
      { start: 1000, end: 2000 },
      { start: 5000, end: 6000 },
      { start: 8000, end: 8100 },
    ]
    const result = calculateMvc(x, RATE, runs, null)
    expect(result).toMatchObject({ method: 'rms-500', n: 2 })
    expect(result?.value).toBeCloseTo(2e-4, 12)
  })

  test('an artefact outside of contractions does not count', () => {
    const x = step(10_000, 1000, 2000, 1e-4)
    x.fill(5e-3, 7000, 9000)
    expect(calculateMvc(x, RATE, [{ start: 1000, end: 2000 }], null)?.value).toBeCloseTo(1e-4, 12)
  })

  test('there is none without a contraction that is long enough', () => {
    expect(calculateMvc(constant(1000, 1e-4), RATE, [], null)).toBeNull()
    expect(calculateMvc(constant(1000, 1e-4), RATE, [{ start: 0, end: 100 }], null)).toBeNull()
    const lost = new Uint8Array(1000).fill(1)
    expect(calculateMvc(constant(1000, 1e-4), RATE, [{ start: 0, end: 1000 }], lost)).toBeNull()
  })
})

describe('p95Envelope', () => {
  test('interpolates between samples', () => {
    expect(p95Envelope(Float64Array.from({ length: 21 }, (_, i) => i))).toEqual({
      value: 19,
      method: 'p95-envelope',
      n: 21,
    })
    expect(p95Envelope(Float64Array.of(0, 10))?.value).toBeCloseTo(9.5, 12)
  })

  test('there is none of nothing', () => {
    expect(p95Envelope(new Float64Array())).toBeNull()
  })
})
