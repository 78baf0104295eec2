import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { dualPassCutoff } from './dual-pass-cutoff.ts'
import { type ButterworthDesign, butterworth, linearEnvelope, rms, sosfiltfilt } from './index.ts'

const sine = (hz: number, rate: number, n: number) =>
  Float64Array.from({ length: n }, (_, i) => Math.sin((2 * Math.PI * hz * i) / rate))
const level = (x: Float64Array) => rms(x.subarray(x.length >> 2, (3 * x.length) >> 2)) * Math.SQRT2

describe('dualPassCutoff', () => {
  test.each([
    [1, 0.6436],
    [2, 0.8022],
    [4, 0.8957],
  ])('far below half the rate, moves a corner of order %d by the published %d', (order, factor) => {
    const rate = 1e6
    expect(dualPassCutoff({ order, kind: 'low', cutoff: 6, rate }) as number).toBeCloseTo(6 / factor, 2)
    expect(dualPassCutoff({ order, kind: 'high', cutoff: 20, rate }) as number).toBeCloseTo(20 * factor, 2)
  })

  test.each<ButterworthDesign>([
    { order: 2, kind: 'low', cutoff: 6, rate: 1000 },
    { order: 4, kind: 'low', cutoff: 450, rate: 1000 },
    { order: 3, kind: 'high', cutoff: 20, rate: 1000 },
    { order: 4, kind: 'band', cutoff: [20, 450], rate: 1000 },
    { order: 2, kind: 'band', cutoff: [90, 110], rate: 1000 },
    { order: 2, kind: 'stop', cutoff: [45, 55], rate: 1000 },
  ])('two passes of order $order, $kind $cutoff Hz, are 3 dB down at the corners', (design) => {
    const sections = butterworth({ ...design, cutoff: dualPassCutoff(design) })
    for (const hz of [design.cutoff].flat()) {
      expect(level(sosfiltfilt(sections, sine(hz, design.rate, 40_000)))).toBeCloseTo(Math.SQRT1_2, 3)
    }
  })

  test('a low-pass goes up and a high-pass down, and both can be designed', () => {
    const corner = fc.double({ min: 0.01, max: 499, noNaN: true })
    fc.assert(
      fc.property(corner, fc.integer({ min: 1, max: 10 }), (cutoff, order) => {
        const low = dualPassCutoff({ order, kind: 'low', cutoff, rate: 1000 }) as number
        const high = dualPassCutoff({ order, kind: 'high', cutoff, rate: 1000 }) as number
        expect(low).toBeGreaterThan(cutoff)
        expect(low).toBeLessThan(500)
        expect(high).toBeLessThan(cutoff)
        expect(high).toBeGreaterThan(0)
      }),
    )
  })

  test.each<[string, ButterworthDesign]>([
    ['a corner at half the rate', { order: 2, kind: 'low', cutoff: 50, rate: 100 }],
    ['a corner at zero', { order: 2, kind: 'high', cutoff: 0, rate: 100 }],
    ['a corner that is no number', { order: 2, kind: 'band', cutoff: [10, Number.NaN], rate: 100 }],
    ['no order', { order: 0, kind: 'low', cutoff: 10, rate: 100 }],
  ])('refuses %s', (_, design) => {
    expect(() => dualPassCutoff(design)).toThrow(RangeError)
  })
})

test('a corrected linear envelope is 3 dB down at its corner, one that is not 6 dB', () => {
  // Rectified, a swell of 6 Hz about 1 is itself.
  const swell = sine(6, 1000, 20_000).map((value) => 1 + value)
  const swing = (envelope: Float64Array) => level(envelope.map((value) => value - 1))
  expect(swing(linearEnvelope(swell, 1000, 6, 2))).toBeCloseTo(0.5, 3)
  expect(swing(linearEnvelope(swell, 1000, 6, 2, { dualPassCorrection: true }))).toBeCloseTo(Math.SQRT1_2, 3)
})
