import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import {
  butterworth,
  linearEnvelope,
  mean,
  meanAbsolute,
  median,
  padLength,
  quantile,
  rms,
  sosfilt,
  sosfiltfilt,
} from './index.ts'

const sine = (hz: number, rate: number, n: number) =>
  Float64Array.from({ length: n }, (_, i) => Math.sin((2 * Math.PI * hz * i) / rate))
/** RMS of the middle, away from the edges. */
const level = (x: Float64Array) => rms(x.subarray(x.length >> 2, (3 * x.length) >> 2))

describe('butterworth', () => {
  test.each([1, 2, 3, 4, 5, 8])('of order %d is 3 dB down at its corner', (order) => {
    for (const kind of ['low', 'high'] as const) {
      const out = sosfilt(butterworth({ order, kind, cutoff: 100, rate: 1000 }), sine(100, 1000, 20_000))
      expect(level(out) * Math.SQRT2).toBeCloseTo(Math.SQRT1_2, 3)
    }
  })

  test.each([1, 2, 3, 4, 5])('band-pass of order %d: 3 dB down at both corners, unity between', (order) => {
    const sections = butterworth({ order, kind: 'band', cutoff: [20, 450], rate: 2000 })
    const gain = (hz: number) => level(sosfilt(sections, sine(hz, 2000, 40_000))) * Math.SQRT2
    expect(gain(20)).toBeCloseTo(Math.SQRT1_2, 3)
    expect(gain(450)).toBeCloseTo(Math.SQRT1_2, 3)
    expect(gain(100)).toBeCloseTo(1, 2)
  })

  test('band-stop removes its centre and leaves the rest', () => {
    const sections = butterworth({ order: 2, kind: 'stop', cutoff: [45, 55], rate: 1000 })
    const gain = (hz: number) => level(sosfilt(sections, sine(hz, 1000, 40_000))) * Math.SQRT2
    expect(gain(Math.sqrt(45 * 55))).toBeLessThan(0.02)
    expect(gain(10)).toBeCloseTo(1, 2)
    expect(gain(200)).toBeCloseTo(1, 2)
  })

  test('two passes are 6 dB down at the corner', () => {
    const out = sosfiltfilt(
      butterworth({ order: 4, kind: 'low', cutoff: 100, rate: 1000 }),
      sine(100, 1000, 20_000),
    )
    expect(level(out) * Math.SQRT2).toBeCloseTo(0.5, 3)
  })

  test.each([
    ['no order', { order: 0, kind: 'low', cutoff: 10, rate: 100 }],
    ['half an order', { order: 1.5, kind: 'low', cutoff: 10, rate: 100 }],
    ['a corner at half the rate', { order: 2, kind: 'low', cutoff: 50, rate: 100 }],
    ['a corner at zero', { order: 2, kind: 'high', cutoff: 0, rate: 100 }],
    ['corners in the wrong order', { order: 2, kind: 'band', cutoff: [30, 20], rate: 100 }],
    ['one corner for a band', { order: 2, kind: 'band', cutoff: 20, rate: 100 }],
    ['a corner that is no number', { order: 2, kind: 'low', cutoff: Number.NaN, rate: 100 }],
  ] as const)('refuses %s', (_, design) => {
    expect(() => butterworth(design)).toThrow(RangeError)
  })
})

describe('sosfiltfilt', () => {
  const sections = butterworth({ order: 2, kind: 'low', cutoff: 10, rate: 1000 })

  test('keeps a constant', () => {
    for (const value of sosfiltfilt(sections, new Float64Array(100).fill(3))) expect(value).toBeCloseTo(3, 9)
  })

  test('refuses a signal that is not longer than its extension', () => {
    expect(() => sosfiltfilt(sections, new Float64Array(padLength(sections)))).toThrow(/too short to filter/)
    expect(sosfiltfilt(sections, new Float64Array(padLength(sections) + 1))).toHaveLength(
      padLength(sections) + 1,
    )
    expect(() => sosfiltfilt(sections, [])).toThrow(RangeError)
  })

  test('does not shift: a signal turned about gives the result turned about, away from the ends', () => {
    const x = Float64Array.from({ length: 2000 }, (_, i) => Math.sin(i / 37) + ((i * 7919) % 13) / 13)
    const forward = sosfiltfilt(sections, x)
    const backward = sosfiltfilt(sections, x.toReversed()).toReversed()
    for (let i = 500; i < 1500; i++) expect(forward[i] as number).toBeCloseTo(backward[i] as number, 9)
  })

  test('leaves its input as it was', () => {
    const x = sine(5, 1000, 200)
    const before = Float64Array.from(x)
    sosfiltfilt(sections, x)
    expect(x).toEqual(before)
  })
})

describe('linearEnvelope', () => {
  test('of a rectified steady sine is its mean absolute value, 2/pi', () => {
    const envelope = linearEnvelope(sine(97.3, 1000, 4000), 1000, 6, 2)
    expect(envelope[2000] as number).toBeCloseTo(2 / Math.PI, 3)
  })
})

describe('statistics', () => {
  test('of a few values', () => {
    expect(mean([1, 2, 6])).toBe(3)
    expect(rms([3, -4])).toBeCloseTo(Math.sqrt(12.5), 15)
    expect(meanAbsolute([3, -4])).toBe(3.5)
    expect(median([3, 1, 2])).toBe(2)
    expect(median([4, 1, 2, 3])).toBe(2.5)
    expect(quantile([10, 20, 30, 40], 0.95)).toBeCloseTo(38.5, 12)
  })

  test('of no values is NaN, of one is that one', () => {
    for (const statistic of [mean, rms, meanAbsolute, median]) {
      expect(statistic([])).toBeNaN()
      expect(statistic([7])).toBe(7)
    }
  })

  test('quantile refuses a p outside 0 to 1', () => {
    for (const p of [-0.1, 1.1, Number.NaN]) expect(() => quantile([1], p)).toThrow(RangeError)
  })

  test('a quantile lies between the extremes and grows with p', () => {
    const values = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }), {
      minLength: 1,
    })
    const p = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(values, p, p, (xs, a, b) => {
        const [low, high] = [quantile(xs, Math.min(a, b)), quantile(xs, Math.max(a, b))]
        expect(low).toBeGreaterThanOrEqual(Math.min(...xs) - 1e-9)
        expect(high).toBeLessThanOrEqual(Math.max(...xs) + 1e-9)
        expect(high - low).toBeGreaterThanOrEqual(-1e-6)
      }),
    )
  })
})
