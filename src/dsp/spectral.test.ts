/** Spectra and what is read off them: scipy's numbers, and what holds of any signal. */
import { describe, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { SHARED, sharedNote } from '../../test/support/shared.ts'
import type { Detrend } from './detrend.ts'
import { bandPassed, expectClose, golden, picked, RATE, x } from './fixtures.ts'
import { movingMeanSame } from './moving-mean-same.ts'
import {
  dimitrovIndex,
  meanFrequency,
  medianFrequency,
  medianFrequencyBin,
  spectralMoment,
} from './spectral.ts'
import type { Taper } from './taper.ts'
import { createWelch, periodogram, type Spectrum, type WelchOptions, welch } from './welch.ts'

describe.each(golden.spectra)('the spectrum of $signal by segments of $segment, $taper, $detrend', (row) => {
  const signal = row.signal === 'raw' ? x : bandPassed
  const options = {
    rate: RATE,
    taper: row.taper as Taper,
    detrend: row.detrend as Detrend,
    scaling: row.scaling as WelchOptions['scaling'] & string,
  }
  const spectrum = (
    row.segment === null
      ? periodogram(signal, options)
      : welch(signal, { ...options, segment: row.segment, overlap: row.overlap as number })
  ) as Spectrum

  test('has scipy’s power', () => {
    expect(spectrum.power).toHaveLength(row.bins)
    expectClose(spectrum.power.subarray(0, 10), row.firstBins)
    expectClose([spectralMoment(spectrum, 0)], [row.total])
  })

  test('has scipy’s frequencies and index', () => {
    expectClose([meanFrequency(spectrum) as number], [row.meanFrequency])
    expectClose([medianFrequencyBin(spectrum) as number], [row.medianFrequencyBin])
    expectClose([medianFrequency(spectrum) as number], [row.medianFrequency])
    expectClose([dimitrovIndex(spectrum, [5, 450]) as number], [row.dimitrov5to450])
  })
})

const signals = fc
  .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 2, maxLength: 300 })
  .map((values) => Float64Array.from(values))

test('a periodogram holds the power of its signal (Parseval)', () => {
  fc.assert(
    fc.property(signals, (signal) => {
      const spectrum = periodogram(signal, { rate: RATE, detrend: 'none' }) as Spectrum
      const power = spectralMoment(spectrum, 0) * spectrum.resolution
      const meanSquare = signal.reduce((sum, value) => sum + value * value, 0) / signal.length
      expect(Math.abs(power - meanSquare)).toBeLessThanOrEqual(1e-12 * (meanSquare + 1e-300))
    }),
  )
})

test('a sine of one bin is found at its frequency', () => {
  const sine = Float64Array.from({ length: 1000 }, (_, i) => Math.sin((2 * Math.PI * 120 * i) / RATE))
  const spectrum = periodogram(sine, { rate: RATE }) as Spectrum
  expect(meanFrequency(spectrum)).toBeCloseTo(120, 9)
  expect(medianFrequencyBin(spectrum)).toBe(120)
  expect(medianFrequency(spectrum)).toBeWithin(119, 120.000001)
})

test('the median frequency halves the power', () => {
  fc.assert(
    fc.property(signals, (signal) => {
      const spectrum = periodogram(signal, { rate: RATE }) as Spectrum
      const median = medianFrequencyBin(spectrum)
      if (median === null) return
      const total = spectralMoment(spectrum, 0)
      const bin = Math.round(median / spectrum.resolution)
      const below = spectrum.power.subarray(0, bin).reduce((a, b) => a + b, 0)
      expect(below).toBeLessThan(0.5 * total * (1 + 1e-12))
      expect(below + (spectrum.power[bin] as number)).toBeGreaterThanOrEqual(0.5 * total)
      expect(medianFrequency(spectrum) as number).toBeLessThanOrEqual(median)
    }),
  )
})

test('amplitude changes no frequency; the sampling rate scales them all', () => {
  const spectrum = welch(x, { rate: RATE, segment: 256 }) as Spectrum
  const louder = welch(
    x.map((value) => value * 8),
    { rate: RATE, segment: 256 },
  ) as Spectrum
  const faster = welch(x, { rate: 2 * RATE, segment: 256 }) as Spectrum
  expect(medianFrequency(louder)).toBe(medianFrequency(spectrum))
  expect(dimitrovIndex(louder)).toBe(dimitrovIndex(spectrum))
  expect(meanFrequency(faster)).toBeCloseTo(2 * (meanFrequency(spectrum) as number), 9)
})

describe('edge cases', () => {
  test('fewer samples than a segment give no spectrum', () => {
    expect(welch(x.subarray(0, 255), { rate: RATE, segment: 256 })).toBeNull()
    expect(periodogram(new Float64Array(0), { rate: RATE })).toBeNull()
  })

  test('a constant has no frequency', () => {
    const spectrum = welch(new Float64Array(512).fill(0), { rate: RATE, segment: 256 }) as Spectrum
    expect(meanFrequency(spectrum)).toBeNull()
    expect(medianFrequency(spectrum)).toBeNull()
    expect(medianFrequencyBin(spectrum)).toBeNull()
    expect(dimitrovIndex(spectrum)).toBeNull()
  })

  test('a NaN is not passed over in silence', () => {
    const signal = x.slice(0, 256)
    signal[7] = Number.NaN
    const spectrum = welch(signal, { rate: RATE, segment: 256 }) as Spectrum
    expect(spectrum.power.every(Number.isNaN)).toBe(true)
    expect(meanFrequency(spectrum)).toBeNull()
  })

  test('an estimator serves any stretch, and as often as it is asked', () => {
    const estimator = createWelch({ rate: RATE, segment: 100 })
    const whole = estimator.estimate(x, 500, 1750) as Spectrum
    estimator.estimate(x)
    expect(estimator.estimate(x, 500, 1750)).toEqual(whole)
    expect(welch(x.slice(500, 1750), { rate: RATE, segment: 100 })).toEqual(whole)
  })

  test.each([
    [0, 0],
    [-1, 0],
    [2.5, 0],
    [10, 10],
    [10, -1],
  ])('segments of %d that share %d samples are refused', (segment, overlap) => {
    expect(() => createWelch({ rate: RATE, segment, overlap })).toThrow(RangeError)
  })
})

describe('the moving mean of numpy’s convolution', () => {
  test('has its numbers', () => {
    const squares = bandPassed.map((value) => value * value)
    expectClose(picked(movingMeanSame(squares, 50).map(Math.sqrt)), golden.movingRms50Same)
  })

  test.each([1, 2, 3, 4])('a window of %d has zeros beyond the ends and a fixed divisor', (window) => {
    const signal = [1, 2, 3, 1]
    const direct = signal.map((_, i) => {
      const first = i - (window >> 1)
      let sum = 0
      for (let k = first; k < first + window; k++) sum += signal[k] ?? 0
      return sum / window
    })
    expectClose(movingMeanSame(signal, window), direct, 1e-15)
  })

  test.each([0, 5, 1.5, Number.NaN])('a window of %d for four samples is refused', (window) => {
    expect(() => movingMeanSame([1, 2, 3, 1], window)).toThrow(RangeError)
  })
})

test.skipIf(!SHARED)(`the goldens of spectra are those of the specification${sharedNote}`, () => {
  const source = JSON.parse(readFileSync(join(SHARED as string, 'data/golden/scipy.json'), 'utf8'))
  expect(golden.movingRms50Same).toEqual(source.rms50_conv_same.pick)
  expect(source.spectra).toHaveLength(golden.spectra.length)
  for (const [i, row] of golden.spectra.entries()) {
    const { n, P_first10, total, mnf, mdf_bin, mdf_interp, FInsm5_5_450 } = source.spectra[i]
    expect([row.bins, row.total, row.meanFrequency]).toEqual([n, total, mnf])
    expect([row.medianFrequencyBin, row.medianFrequency]).toEqual([mdf_bin, mdf_interp])
    expect([row.firstBins, row.dimitrov5to450]).toEqual([P_first10, FInsm5_5_450])
  }
})
