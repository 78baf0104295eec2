/** Notch, energy, envelope, median, resampling and short-time spectra against scipy 1.17, within 1e-9 relative. */
import { describe, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SHARED, sharedNote } from '../../test/support/shared.ts'
import { bandPassed, expectClose, golden, picked, RATE, x } from './fixtures.ts'
import { hilbertEnvelope } from './hilbert-envelope.ts'
import { mean, medianFrequencyBin, rms, sosfiltfilt } from './index.ts'
import { medianFilter } from './median-filter.ts'
import { notch } from './notch.ts'
import { linearRegression } from './regression.ts'
import { resample } from './resample.ts'
import { stft } from './stft.ts'
import { tkeo } from './tkeo.ts'

const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0)

describe.each(golden.notch)('a notch at $frequency Hz of quality $quality', (row) => {
  const section = notch({ frequency: row.frequency, quality: row.quality, rate: RATE })

  test('has scipy’s coefficients', () => {
    expectClose(section, [...row.b, ...row.a], 1e-14)
  })

  test('filters as filtfilt does', () => {
    const filtered = sosfiltfilt([section], x)
    expectClose(picked(filtered), row.filtfiltPick)
    expectClose([rms(filtered)], [row.rms])
  })
})

test('the energy operator gives numpy’s values', () => {
  expectClose(picked(tkeo(bandPassed)), golden.tkeo.pick)
  expectClose([mean(tkeo(bandPassed))], [golden.tkeo.mean])
})

test('the Hilbert envelope is scipy’s', () => {
  expectClose(picked(hilbertEnvelope(bandPassed)), golden.hilbertEnvelope.pick)
  expectClose([mean(hilbertEnvelope(bandPassed))], [golden.hilbertEnvelope.mean])
})

test('the running median is scipy’s, also at the ends', () => {
  expectClose(picked(medianFilter(x, 5)), golden.medianFilter5, 0)
})

test('resampling to half the rate is scipy’s', () => {
  const half = resample(bandPassed, 1, 2)
  expect(half).toHaveLength(golden.resample1to2.n)
  expectClose(half.subarray(0, 10), golden.resample1to2.first)
  // The sum is what is left of values 100 times as large.
  expect(Math.abs(sum(half) - golden.resample1to2.sum)).toBeLessThan(1e-9)
})

test('median frequencies over time, and their line, are scipy’s', () => {
  const { times, power, resolution } = stft(bandPassed, { rate: RATE, frame: 256, hop: 128 })
  const medians = power.map((each) => medianFrequencyBin({ power: each, resolution }) as number)
  expectClose(times, golden.stft.times, 1e-15)
  expectClose(medians, golden.stft.medianFrequencyBin, 0)
  const { slope, intercept } = linearRegression(times, medians)
  expectClose([slope as number, intercept as number], [golden.stft.slope, golden.stft.intercept])
})

test.skipIf(!SHARED)(`the goldens of kernels are those of the specification${sharedNote}`, () => {
  const source = JSON.parse(readFileSync(join(SHARED as string, 'data/golden/scipy.json'), 'utf8'))
  expect(golden.tkeo).toEqual(source.tkeo)
  expect(golden.hilbertEnvelope).toEqual(source.hilbert_env)
  expect(golden.medianFilter5).toEqual(source.medfilt5.pick)
  const { n, first10, sum } = source.resample_poly_1_2
  expect(golden.resample1to2).toEqual({ n, first: first10, sum })
  const { t, mdf_bin, slope_hz_per_s, intercept } = source.stft_mdf
  expect(golden.stft).toEqual({ times: t, medianFrequencyBin: mdf_bin, slope: slope_hz_per_s, intercept })
  expect(source.iirnotch).toHaveLength(golden.notch.length)
  for (const [i, row] of golden.notch.entries()) {
    const { f0, Q, b, a, filtfilt_pick, rms } = source.iirnotch[i]
    expect([row.frequency, row.quality, row.rms]).toEqual([f0, Q, rms])
    expect([row.b, row.a, row.filtfiltPick]).toEqual([b, a, filtfilt_pick])
  }
})
