/** Metrics against scipy, against values computed by hand, and what holds of any signal. */
import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { bandPassed, expectClose } from '../../../../src/dsp/fixtures.ts'
import { dsp } from '../../../../src/sdk.ts'
import golden from '../../../../test/golden/scipy.json' with { type: 'json' }
import { analyze, analyzeChannel, channelOf, evenly, planOf, synth } from '../fixtures.ts'
import { iemg, mav, peak, rms, waveformLength } from './amplitude.ts'
import { measureOf, stretchesOf, unitOf, windowStatistics } from './evaluate.ts'
import type { Stretch } from './measure.ts'
import type { Metric } from './metric.ts'
import { passedPower } from './passed-power.ts'
import { dimitrovIndex, meanFrequency, medianFrequency } from './spectral.ts'

const NONE = { spectrum: null, reason: 'none' } as const
const READING = { band: null, dimitrovBand: null, medianFrequency: 'interpolated' } as const

const stretchOf = (signal: ArrayLike<number>, rest: Partial<Stretch> = {}): Stretch => {
  const samples = Float64Array.from(signal)
  return {
    signal: samples,
    envelope: samples.map(Math.abs),
    rate: 1000,
    spectrum: () => NONE,
    spectra: READING,
    ...rest,
  }
}

const numberOf = (metric: Metric, stretch: Stretch): number => {
  const measured = measureOf(metric, stretch)
  if (typeof measured !== 'number') throw new Error(measured.reason)
  return measured
}

describe('amplitudes', () => {
  test.each([
    ['bp_all', 0, 4000],
    ['bp_800_1600', 800, 1600],
  ] as const)('of %s are those of scipy', (name, start, end) => {
    const expected = golden.time[name]
    const stretch = stretchOf(bandPassed.subarray(start, end))
    expect(stretch.signal.length).toBe(expected.n)
    expectClose(
      [rms, mav, peak].map((metric) => numberOf(metric, stretch)),
      [expected.rms, expected.mav, expected.peak],
    )
  })

  const signal = [1, -2, 3, -4]
  test.each([
    ['rms', rms, Math.sqrt((1 + 4 + 9 + 16) / 4)],
    ['mav', mav, 10 / 4],
    ['peak', peak, 4],
    // Trapezoids of 1, 2, 3, 4, a millisecond each.
    ['iemg', iemg, (1.5 + 2.5 + 3.5) / 1000],
    ['waveformLength', waveformLength, 3 + 5 + 7],
  ] as const)('%s of 1, -2, 3, -4 is as by hand', (_, metric, expected) => {
    expect(numberOf(metric, stretchOf(signal))).toBeCloseTo(expected, 12)
  })

  test('of one sample are that sample, and no area or length', () => {
    const one = stretchOf([-3])
    expect([rms, mav, peak, iemg, waveformLength].map((metric) => numberOf(metric, one))).toEqual([
      3, 3, 3, 0, 0,
    ])
  })

  test('the area under a whole sine of amplitude 1 in a second is 2 / π', () => {
    const sine = Float64Array.from({ length: 1001 }, (_, i) => Math.sin((2 * Math.PI * 5 * i) / 1000))
    expect(numberOf(iemg, stretchOf(sine))).toBeCloseTo(2 / Math.PI, 3)
  })

  const signals = fc.array(
    fc.integer({ min: -1e6, max: 1e6 }).map((value) => value / 1000),
    { minLength: 2, maxLength: 100 },
  )
  const all = [rms, mav, peak, iemg, waveformLength]

  test('scale with the signal, and do not know its sign', () => {
    fc.assert(
      fc.property(signals, fc.integer({ min: -20, max: 20 }), (x, power) => {
        const k = 2 ** power
        for (const metric of all) {
          const own = numberOf(metric, stretchOf(x))
          expect(numberOf(metric, stretchOf(x.map((value) => -k * value)))).toBeCloseTo(k * own, 6)
        }
      }),
    )
  })

  test('keep their order: mav, rms, peak; and the area is no more than mav times the length', () => {
    fc.assert(
      fc.property(signals, (x) => {
        const [r, m, p, area] = [rms, mav, peak, iemg].map((metric) => numberOf(metric, stretchOf(x))) as [
          number,
          number,
          number,
          number,
        ]
        expect(m).toBeLessThanOrEqual(r * (1 + 1e-12))
        expect(r).toBeLessThanOrEqual(p * (1 + 1e-12))
        expect(area).toBeLessThanOrEqual((m * x.length) / 1000 + 1e-12)
      }),
    )
  })
})

describe('frequencies', () => {
  /** Power of 1 at 100 Hz and 3 at 200 Hz, in bins of 50 Hz. */
  const spectrum = { power: Float64Array.of(0, 0, 1, 0, 3), resolution: 50 }
  const stretch = stretchOf([1], { spectrum: () => ({ spectrum }) })

  test('of two lines are as by hand', () => {
    expect(numberOf(meanFrequency, stretch)).toBe((100 + 3 * 200) / 4)
    // Half of the power, 2, is reached a third of the way from the bin of 150 Hz, where it is 1, to that of 200 Hz.
    expect(numberOf(medianFrequency, stretch)).toBeCloseTo(150 + 50 / 3, 9)
    const bin = { ...READING, medianFrequency: 'bin' } as const
    expect(numberOf(medianFrequency, { ...stretch, spectra: bin })).toBe(200)
    const index = (1 / 100 + 3 / 200) / (100 ** 5 + 3 * 200 ** 5)
    expect(numberOf(dimitrovIndex, stretch) / index).toBeCloseTo(1, 12)
  })

  test('are read within their bands', () => {
    const spectra = { ...READING, band: [50, 150], dimitrovBand: [150, 250] } as const
    expect(numberOf(meanFrequency, { ...stretch, spectra })).toBe(100)
    expect(numberOf(dimitrovIndex, { ...stretch, spectra }) / (1 / 200 / 200 ** 5)).toBeCloseTo(1, 12)
  })

  test('are missing with the reason where there is no spectrum, or no power in it', () => {
    const silent = { power: new Float64Array(5), resolution: 50 }
    for (const metric of [meanFrequency, medianFrequency, dimitrovIndex]) {
      expect(measureOf(metric, stretchOf([1]))).toEqual({ reason: 'none' })
      expect(measureOf(metric, stretchOf([1], { spectrum: () => ({ spectrum: silent }) }))).toEqual({
        reason: 'the spectrum holds no power',
      })
    }
  })

  test('scale with frequency: those of a compressed spectrum are lower by its factor', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1e-6, max: 1, noNaN: true }), { minLength: 3, maxLength: 60 }),
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        (power, k) => {
          const of = (resolution: number) =>
            stretchOf([1], {
              spectrum: () => ({ spectrum: { power: Float64Array.of(0, 0, ...power), resolution } }),
            })
          for (const metric of [meanFrequency, medianFrequency]) {
            expect(numberOf(metric, of(4 * k)) / numberOf(metric, of(4))).toBeCloseTo(k, 9)
          }
          expect(numberOf(dimitrovIndex, of(4 * k)) / numberOf(dimitrovIndex, of(4)) / k ** -6).toBeCloseTo(
            1,
            9,
          )
        },
      ),
    )
  })
})

describe('measures', () => {
  test('of no samples, and of no number, are missing with the reason', () => {
    for (const metric of [rms, mav, peak, iemg, waveformLength]) {
      expect(measureOf(metric, stretchOf([]))).toEqual({ reason: 'there are no samples' })
      expect(measureOf(metric, stretchOf([1e200, -1e200].map((x) => x ** 2)))).toEqual({
        reason: 'its value is no number',
      })
    }
  })

  test('have the unit of the channel where theirs is made of it', () => {
    expect([rms, iemg, meanFrequency].map((metric) => unitOf(metric, 'mV'))).toEqual(['mV', 'mV·s', 'Hz'])
  })

  const bursts = evenly(5, 5000, 2500, 100e-6)
  test('over contractions hold what lies in them, and over the recording all of it', () => {
    const { metrics, contractions } = analyze(synth({ bursts }).samples)
    const inside = contractions.reduce((sum, { durationMs }) => sum + durationMs, 0)
    expect(metrics.activeRms).toMatchObject({ over: 'contractions', n: Math.round(inside), unit: 'V' })
    expect(metrics.rms).toMatchObject({ over: 'recording', n: 30_000 })
    expect((metrics.activeRms?.value as number) / 100e-6).toBeWithin(0.95, 1.01)
    // All of the energy is in the contractions.
    expect((metrics.rms?.value as number) ** 2 * 30_000).toBeCloseTo(
      (metrics.activeRms?.value as number) ** 2 * inside,
      5,
    )
  })

  test('leave gaps out', () => {
    const dropouts = [{ startMs: 20_000, endMs: 21_000, value: 5e-3 }]
    const { metrics } = analyze(synth({ bursts, dropouts }).samples)
    expect(metrics.rms?.n).toBe(29_000)
    expect(metrics.peak?.value).toBeLessThan(400e-6)
  })

  test('frequencies below 400 Hz sampling are missing, and say why', () => {
    const { metrics } = analyze(synth({ rate: 500, bursts }).samples, { rate: 390 })
    for (const name of ['meanFrequency', 'medianFrequency', 'dimitrovIndex']) {
      expect(metrics[name]).toMatchObject({
        value: null,
        reason: 'the sampling rate of 390 Hz is too low for spectra; 400 Hz is the least',
      })
    }
    expect(metrics.rms?.value).toBeGreaterThan(10e-6)
  })
})

describe('windows', () => {
  const ramp = {
    segment: 8,
    step: 4,
    reading: READING,
    passed: null,
    over: ([run]: ReadonlyArray<{ start: number; end: number }>) =>
      stretchOf(Array.from({ length: (run?.end ?? 0) - (run?.start ?? 0) }, () => run?.start ?? 0)),
  }
  const statisticsOf = (lengthMs: number, overlap: number) =>
    windowStatistics(
      [mav],
      stretchesOf(ramp, { lengthMs, overlap, metrics: [] }, 100, 10),
      (window) => window,
      'V',
    )

  test('that lie in the recording whole count, and are told by mean, deviation and bounds', () => {
    // Windows of 40 samples from 0, 20, 40, 60: the one from 80 does not fit.
    const { mav: statistics } = statisticsOf(4000, 0.5)
    const sd = Math.sqrt((30 ** 2 + 10 ** 2 + 10 ** 2 + 30 ** 2) / 3)
    expect(statistics).toMatchObject({ mean: 30, min: 0, max: 60, n: 4, unit: 'V' })
    expect(statistics?.sd).toBeCloseTo(sd, 12)
    expect(statistics?.coefficientOfVariation).toBeCloseTo(sd / 30, 12)
  })

  test('fewer than three give no statistics, and say so', () => {
    const { mav: statistics } = statisticsOf(5000, 0)
    expect(statistics).toMatchObject({ mean: null, n: 2, reason: '2 windows have a value; 3 is the least' })
  })

  test('with a gap in them are left out', () => {
    const windows = { lengthMs: 1000, overlap: 0, metrics: ['rms'] }
    const plan = planOf('clinical', { windows })
    const dropouts = [{ startMs: 4500, endMs: 5500, value: 0 }]
    const found = analyzeChannel(channelOf(synth({ dropouts }).samples), plan).windows
    expect(found?.rms?.n).toBe(28)
  })
})

test('what a band-pass leaves of each frequency is what it leaves of a sine', () => {
  const rate = 1000
  const sections = dsp.butterworth({ order: 4, kind: 'band', cutoff: [20, 450], rate })
  const passed = passedPower(sections, 200)
  expect(passed).toHaveLength(101)
  for (const hz of [20, 25, 100, 300, 440]) {
    const sine = Float64Array.from({ length: 20_000 }, (_, i) => Math.sin((2 * Math.PI * hz * i) / rate))
    const filtered = dsp.sosfiltfilt(sections, sine).subarray(5000, 15_000)
    expect(passed[hz / 5] as number).toBeCloseTo((dsp.rms(filtered) / Math.SQRT1_2) ** 2, 6)
  }
  // Each pass has half of the power at its corners.
  expect([passed[4], passed[90]].map((each) => (each as number).toFixed(6))).toEqual(['0.250000', '0.250000'])
})
