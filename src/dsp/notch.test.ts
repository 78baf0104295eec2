import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { rms, sosfilt, sosfiltfilt } from './index.ts'
import { type NotchDesign, notch, notchHarmonics } from './notch.ts'
import type { Section } from './section.ts'

const sine = (hz: number, rate: number, n: number) =>
  Float64Array.from({ length: n }, (_, i) => Math.sin((2 * Math.PI * hz * i) / rate))
const level = (x: Float64Array) => rms(x.subarray(x.length >> 1)) * Math.SQRT2

/** The response of one pass at a frequency. */
function gainOf([b0, b1, b2, , a1, a2]: Section, hz: number, rate: number): number {
  const w = (2 * Math.PI * hz) / rate
  const size = (c0: number, c1: number, c2: number) =>
    Math.hypot(c0 + c1 * Math.cos(w) + c2 * Math.cos(2 * w), c1 * Math.sin(w) + c2 * Math.sin(2 * w))
  return size(b0, b1, b2) / size(1, a1, a2)
}

describe('notch', () => {
  const designs = fc.record<NotchDesign>({
    frequency: fc.double({ min: 1, max: 480, noNaN: true }),
    quality: fc.double({ min: 2, max: 100, noNaN: true }),
    rate: fc.constant(1000),
  })

  test('takes its frequency out, leaves 0 Hz and half the rate, and is stable', () => {
    fc.assert(
      fc.property(designs, (design) => {
        const section = notch(design)
        expect(gainOf(section, design.frequency, 1000)).toBeLessThan(1e-6)
        expect(gainOf(section, 0, 1000)).toBeCloseTo(1, 6)
        expect(gainOf(section, 500, 1000)).toBeCloseTo(1, 6)
        expect(Math.abs(section[5])).toBeLessThan(1)
      }),
    )
  })

  test('is as wide at -3 dB as its quality says', () => {
    const section = notch({ frequency: 50, quality: 25, rate: 100_000 })
    // Far below half the rate the corners lie at the geometric mean, f / Q = 2 Hz apart.
    const low = Math.hypot(50, 1) - 1
    expect(gainOf(section, low, 100_000)).toBeCloseTo(Math.SQRT1_2, 5)
    expect(gainOf(section, low + 2, 100_000)).toBeCloseTo(Math.SQRT1_2, 5)
  })

  test('takes a hum out of a signal without shifting the rest', () => {
    const signal = sine(90, 1000, 4000)
    const hum = sine(50, 1000, 4000)
    const filtered = sosfiltfilt(
      [notch({ frequency: 50, quality: 30, rate: 1000 })],
      signal.map((value, i) => value + (hum[i] as number)),
    )
    for (let i = 1500; i < 2500; i++) {
      expect(Math.abs((filtered[i] as number) - (signal[i] as number))).toBeLessThan(0.01)
    }
  })

  test.each([
    ['a frequency of 0', { frequency: 0, quality: 30, rate: 1000 }],
    ['a frequency at half the rate', { frequency: 500, quality: 30, rate: 1000 }],
    ['a frequency that is no number', { frequency: Number.NaN, quality: 30, rate: 1000 }],
    ['a quality of 0', { frequency: 50, quality: 0, rate: 1000 }],
    ['a quality below 0', { frequency: 50, quality: -1, rate: 1000 }],
    ['a notch as wide as the band', { frequency: 50, quality: 0.1, rate: 1000 }],
    ['an endless quality', { frequency: 50, quality: Number.POSITIVE_INFINITY, rate: 1000 }],
    ['an endless rate', { frequency: 50, quality: 30, rate: Number.POSITIVE_INFINITY }],
  ])('refuses %s', (_, design) => {
    expect(() => notch(design)).toThrow(RangeError)
  })
})

describe('notchHarmonics', () => {
  const mains = { fundamental: 50, quality: 30, rate: 1000, highestHz: 450 }

  test('takes out every multiple up to the highest, and nothing above', () => {
    const sections = notchHarmonics(mains)
    expect(sections).toHaveLength(9)
    for (const hz of [50, 100, 250, 450]) {
      expect(level(sosfilt(sections, sine(hz, 1000, 8000)))).toBeLessThan(0.01)
    }
    expect(level(sosfilt(notchHarmonics({ ...mains, highestHz: 150 }), sine(200, 1000, 8000)))).toBeCloseTo(
      1,
      2,
    )
  })

  test('stays below half the rate', () => {
    expect(notchHarmonics({ ...mains, highestHz: 1e9 })).toHaveLength(9)
    expect(notchHarmonics({ ...mains, rate: 90 })).toEqual([])
    expect(notchHarmonics({ ...mains, highestHz: 49 })).toEqual([])
  })

  test.each([
    ['no fundamental', { ...mains, fundamental: 0 }],
    ['a highest frequency that is no number', { ...mains, highestHz: Number.NaN }],
    ['a rate that is no number', { ...mains, rate: Number.NaN }],
    ['a quality of 0', { ...mains, quality: 0 }],
  ])('refuses %s', (_, design) => {
    expect(() => notchHarmonics(design)).toThrow(RangeError)
  })
})
