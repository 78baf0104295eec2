import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { dsp } from '../../../../src/sdk.ts'
import { medianFrequencies } from './compression.ts'
import { distributionOf, frequencyAt, powerBelow } from './distribution.ts'

const EVERYTHING = [0, Number.POSITIVE_INFINITY] as const

/** A smooth spectrum with its peak at a frequency, in bins of 2 Hz up to 500 Hz. */
const spectrumOf = (peak: number, scale = 1): dsp.Spectrum => ({
  resolution: 2,
  power: Float64Array.from({ length: 251 }, (_, k) => {
    const f = (2 * k) / peak
    return (scale * f ** 4 * Math.exp(-2 * f * f)) / peak
  }),
})

describe('power as a distribution over frequency', () => {
  const powers = fc.array(fc.double({ min: 1e-6, max: 1, noNaN: true }), { minLength: 3, maxLength: 200 })

  test('frequencyAt is the inverse of powerBelow', () => {
    fc.assert(
      fc.property(powers, fc.double({ min: 0.001, max: 0.999, noNaN: true }), (power, share) => {
        const distribution = distributionOf(
          { power: Float64Array.from(power), resolution: 3 },
          null,
          EVERYTHING,
        )
        const wanted = share * (distribution.below.at(-1) as number)
        expect(powerBelow(distribution, frequencyAt(distribution, wanted))).toBeCloseTo(wanted, 9)
      }),
    )
  })

  test('a bin reaches half a bin to either side', () => {
    const distribution = distributionOf({ power: Float64Array.of(0, 1, 0), resolution: 10 }, null, EVERYTHING)
    expect([4, 5, 10, 15, 20].map((hz) => powerBelow(distribution, hz))).toEqual([0, 0, 0.5, 1, 1])
    expect([0.25, 0.5, 1].map((power) => frequencyAt(distribution, power))).toEqual([7.5, 10, 15])
  })

  test('bins outside of the band hold nothing, and what a filter took from the others is given back', () => {
    const spectrum = { power: new Float64Array(11).fill(1), resolution: 1 }
    const passed = new Float64Array(11).fill(0.25)
    const { below } = distributionOf(spectrum, passed, [3, 6])
    expect([...below]).toEqual([0, 0, 0, 0, 4, 8, 12, 16, 16, 16, 16, 16])
  })
})

describe('median frequencies', () => {
  const seconds = Array.from({ length: 20 }, (_, i) => 3 * i)
  const of = (peaks: readonly number[], band: dsp.Band = [20, 450]): number[] =>
    medianFrequencies(
      seconds.slice(0, peaks.length),
      peaks.map((peak) => distributionOf(spectrumOf(peak), null, band)),
      band,
    )

  test('are in proportion where a spectrum is compressed as a whole, whatever the band cuts off', () => {
    const peaks = seconds.map((t) => 140 - t)
    const medians = of(peaks, [60, 300])
    const ratios = medians.map((median, i) => median / (peaks[i] as number))
    for (const ratio of ratios) expect(ratio / (ratios[0] as number)).toBeWithin(0.98, 1.02)
  })

  test('are those of the spectra, where nothing changes', () => {
    const [first, ...others] = of([100, 100, 100, 100, 100])
    const own = dsp.medianFrequency(spectrumOf(100), [20, 450]) as number
    // The kernel counts a bin's power at the bin; here it is spread half a bin to either side.
    expect(first).toBeCloseTo(own + 1, 1)
    for (const other of others) expect(other).toBeCloseTo(first as number, 9)
  })

  test('do not depend on the power', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1e-12, max: 1e12, noNaN: true }), { minLength: 5, maxLength: 8 }),
        (scales) => {
          const by = (scale: (i: number) => number) =>
            medianFrequencies(
              seconds.slice(0, scales.length),
              scales.map((_, i) => distributionOf(spectrumOf(120 - 5 * i, scale(i)), null, [20, 450])),
              [20, 450],
            )
          const same = by(() => 1)
          for (const [i, median] of by((i) => scales[i] as number).entries()) {
            expect(median).toBeCloseTo(same[i] as number, 6)
          }
        },
      ),
    )
  })

  test('stay finite and within the band, whatever the spectra are', () => {
    const spectrum = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 65, maxLength: 65 })
    fc.assert(
      fc.property(fc.array(spectrum, { minLength: 1, maxLength: 8 }), (spectra) => {
        const band = [20, 180] as const
        const medians = medianFrequencies(
          seconds.slice(0, spectra.length),
          spectra.map((power) =>
            distributionOf({ power: Float64Array.from(power), resolution: 3.125 }, null, band),
          ),
          band,
        )
        // Each is the level of all, displaced by a mean of factors that the band bounds.
        for (const median of medians) expect(median).toBeWithin(20 / 9, 180 * 9)
      }),
    )
  })

  test('there are none of no spectra', () => {
    expect(medianFrequencies([], [], [20, 450])).toEqual([])
  })
})
