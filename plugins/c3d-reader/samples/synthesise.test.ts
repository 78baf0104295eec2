import { describe, expect, test } from 'bun:test'
import { dsp } from '../../../src/sdk.ts'
import { emgNoise, emgSections } from './emg-noise.ts'
import { type EmgSpec, synthesiseEmg } from './synthesise.ts'
import { medianFrequencyOf } from './warped-noise.ts'

const quiet: EmgSpec = { seed: 5, rate: 1000, durationS: 10, baselineRms: 4e-6, bursts: [] }

/** Power of each Hz from 0 to half of `rate`: mean of the periodograms of seconds. */
function spectrum(x: Float64Array, rate: number): number[] {
  const seconds = Math.floor(x.length / rate)
  return Array.from({ length: rate / 2 }, (_, hz) => {
    let power = 0
    for (let second = 0; second < seconds; second++) {
      let re = 0
      let im = 0
      for (let i = 0; i < rate; i++) {
        const value = x[second * rate + i] as number
        re += value * Math.cos((2 * Math.PI * hz * i) / rate)
        im += value * Math.sin((2 * Math.PI * hz * i) / rate)
      }
      power += re * re + im * im
    }
    return power / seconds
  })
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

describe('noise of surface EMG', () => {
  const power = spectrum(emgNoise(3, 1000, 60_000), 1000)
  const smooth = power.map((_, hz) => sum(power.slice(Math.max(0, hz - 7), hz + 8)) / 15)

  test('peaks near 80 Hz', () => {
    const peak = smooth.indexOf(Math.max(...smooth))
    expect(peak).toBeGreaterThan(65)
    expect(peak).toBeLessThan(95)
  })

  test('has nearly all of its power between 20 and 450 Hz', () => {
    expect(sum(power.slice(20, 451)) / sum(power)).toBeGreaterThan(0.98)
  })

  test('falls off on both sides of the peak', () => {
    for (const hz of [8, 300]) expect(smooth[hz] as number).toBeLessThan(0.25 * (smooth[80] as number))
    expect(smooth[440] as number).toBeLessThan(0.02 * (smooth[80] as number))
  })

  test('is refused at a rate that cannot hold its spectrum', () => {
    expect(() => emgNoise(1, 300, 10)).toThrow(RangeError)
    expect(() => emgNoise(1, Number.NaN, 10)).toThrow(RangeError)
  })
})

describe('synthesiseEmg', () => {
  test('the same seed gives the same samples, another seed others', () => {
    expect(synthesiseEmg(quiet).samples).toEqual(synthesiseEmg(quiet).samples)
    expect(synthesiseEmg({ ...quiet, seed: 6 }).samples).not.toEqual(synthesiseEmg(quiet).samples)
  })

  test('bursts and rest have the RMS that the truth states', () => {
    const { samples, truth } = synthesiseEmg({
      ...quiet,
      bursts: [
        { startMs: 1000, endMs: 1150, rms: 120e-6 },
        { startMs: 1150, endMs: 9000, rms: 40e-6 },
      ],
    })
    expect(dsp.rms(samples.subarray(1000, 1150))).toBeCloseTo(120e-6, 15)
    expect(dsp.rms(samples.subarray(1150, 9000))).toBeCloseTo(40e-6, 15)
    const rest = Float64Array.from([...samples.subarray(0, 1000), ...samples.subarray(9000)])
    expect(dsp.rms(rest)).toBeCloseTo(4e-6, 15)
    expect(truth.bursts.map(({ snrDb }) => snrDb?.toFixed(2))).toEqual(['29.54', '20.00'])
  })

  test('offset and hum are added to the EMG', () => {
    const clean = synthesiseEmg(quiet).samples
    const { samples } = synthesiseEmg({ ...quiet, offset: 1e-3, hum: 5e-4 })
    const added = samples.map((value, i) => value - (clean[i] as number))
    expect(dsp.mean(added)).toBeCloseTo(1e-3, 12)
    expect(dsp.rms(added.map((value) => value - 1e-3))).toBeCloseTo(5e-4 / Math.SQRT2, 12)
    expect(added[5] as number).toBeCloseTo(1.5e-3, 12)
  })

  test('hum is a sine at the power line and at each of its multiples that is asked for', () => {
    const clean = synthesiseEmg(quiet).samples
    const { samples, truth } = synthesiseEmg({ ...quiet, hum: 3e-4, humHz: 60, humHarmonics: [0, 1e-4] })
    const added = samples.map((value, i) => value - (clean[i] as number))
    const power = spectrum(added, 1000).map((each) => (2 * Math.sqrt(each)) / 1000)
    expect(power.flatMap((amplitude, hz) => (amplitude > 1e-9 ? [hz] : []))).toEqual([60, 180])
    expect(power[60] as number).toBeCloseTo(3e-4, 12)
    expect(power[180] as number).toBeCloseTo(1e-4, 12)
    expect(truth).toMatchObject({ humHz: 60, hum: 3e-4, humHarmonics: [0, 1e-4] })
  })

  test('heartbeats come at their rate, and as high as asked for where nothing else is', () => {
    const heart = { perMinute: 72, amplitude: 2e-4 }
    const { samples, truth } = synthesiseEmg({ ...quiet, durationS: 60, baselineRms: 0, heart })
    const beats = truth.heart?.beatsMs ?? []
    expect(beats).toHaveLength(72)
    const intervals = beats.slice(1).map((beat, i) => beat - (beats[i] as number))
    expect(dsp.mean(intervals)).toBeCloseTo(60_000 / 72, -1)
    for (const beat of beats) expect((samples[Math.round(beat)] as number) / 2e-4).toBeWithin(0.99, 1.0001)
    expect(samples.findIndex((value) => Math.abs(value) > 1e-6)).toBeGreaterThan((beats[0] as number) - 90)
  })

  test('a dropout is constant, also where it covers clipped samples, and the rest is as without it', () => {
    const bursts = [{ startMs: 0, endMs: 10_000, rms: 1e-3 }]
    const whole = synthesiseEmg({ ...quiet, bursts, rail: 1e-3 })
    const { samples, truth } = synthesiseEmg({
      ...quiet,
      bursts,
      rail: 1e-3,
      dropouts: [{ startMs: 5000, endMs: 5270, value: -5.5e-3 }],
    })
    expect(new Set(samples.subarray(5000, 5270))).toEqual(new Set([-5.5e-3]))
    expect(samples.subarray(0, 5000)).toEqual(whole.samples.subarray(0, 5000))
    expect(samples.subarray(5270)).toEqual(whole.samples.subarray(5270))
    const atRail = samples.filter((value) => Math.abs(value) === 1e-3).length
    expect(truth.clipping).toEqual({ rail: 1e-3, samples: atRail, percent: (100 * atRail) / 9730 })
    expect(atRail).toBeGreaterThan(1000)
  })

  test('times in the truth are those of samples', () => {
    const { truth } = synthesiseEmg({ ...quiet, bursts: [{ startMs: 100.4, endMs: 200.6, rms: 1 }] })
    expect(truth.bursts[0]).toMatchObject({ startMs: 100, endMs: 201 })
    expect(truth.clipping).toBeNull()
  })

  test.each([
    ['a burst beyond the end', { bursts: [{ startMs: 9000, endMs: 10_001, rms: 1 }] }],
    ['a burst before the beginning', { bursts: [{ startMs: -1, endMs: 10, rms: 1 }] }],
    ['an empty burst', { bursts: [{ startMs: 10, endMs: 10, rms: 1 }] }],
    ['a burst of no number', { bursts: [{ startMs: Number.NaN, endMs: 10, rms: 1 }] }],
    ['a negative RMS', { bursts: [{ startMs: 0, endMs: 10, rms: -1 }] }],
    ['overlapping dropouts', { dropouts: [0, 5].map((at) => ({ startMs: at, endMs: at + 10, value: 0 })) }],
    ['a rail of nothing', { rail: 0 }],
    ['a hum of a harmonic beyond half the rate', { humHarmonics: new Array(9).fill(1e-6) }],
    ['a harmonic of no amplitude', { humHarmonics: [Number.NaN] }],
    ['a heart that stands still', { heart: { perMinute: 0, amplitude: 1 } }],
    ['a heart of negative height', { heart: { perMinute: 60, amplitude: -1 } }],
    ['a median frequency of nothing', { medianFrequency: { fromHz: 0, toHz: 70 } }],
    ['a median frequency of no number', { medianFrequency: { fromHz: 80, toHz: Number.NaN } }],
    ['no duration', { durationS: 0 }],
    ['an endless duration', { durationS: Number.POSITIVE_INFINITY }],
  ])('%s is refused', (_, wrong) => {
    expect(() => synthesiseEmg({ ...quiet, ...wrong })).toThrow(RangeError)
  })
})

describe('a median frequency that is asked for', () => {
  /** Of one signal, off periodograms of seconds, by the bins of a hertz. */
  const medianOf = (x: Float64Array, rate: number): number => {
    const { power } = dsp.welch(x, { rate, segment: rate }) as dsp.Spectrum
    return dsp.medianFrequency({ power, resolution: 1 }) as number
  }

  test.each([
    [1000, 120],
    [990, 70],
    [2000, 95],
    [500, 120],
  ])('at %i Hz sampling and %i Hz is that of the noise, within 2 %', (rate, hz) => {
    const { samples } = synthesiseEmg({
      ...quiet,
      rate,
      durationS: 120,
      medianFrequency: { fromHz: hz, toHz: hz },
    })
    expect(medianOf(samples, rate) / hz).toBeWithin(0.98, 1.02)
  })

  test('runs straight from the start of the first burst to the end of the last', () => {
    const bursts = [0, 1, 2, 3].map((i) => ({
      startMs: 20_000 + i * 40_000,
      endMs: 55_000 + i * 40_000,
      rms: 1,
    }))
    const medianFrequency = { fromHz: 120, toHz: 70 }
    const { samples, truth } = synthesiseEmg({ ...quiet, durationS: 200, bursts, medianFrequency })
    expect(truth.medianFrequency).toEqual({
      fromHz: 120,
      toHz: 70,
      startMs: 20_000,
      endMs: 175_000,
      hzPerSecond: -50 / 155,
    })
    for (const { startMs, endMs } of bursts) {
      const expected = 120 - (50 * ((startMs + endMs) / 2 - 20_000)) / 155_000
      expect(medianOf(samples.subarray(startMs, endMs), 1000) / expected).toBeWithin(0.95, 1.05)
    }
    // Before it, as it begins; after it, as it ends.
    expect(medianOf(samples.subarray(0, 20_000), 1000)).toBeWithin(112, 128)
    expect(medianOf(samples.subarray(175_000), 1000)).toBeWithin(65, 75)
  })

  test('is that of the filters where none is asked for', () => {
    const expected = medianFrequencyOf(emgSections(1000), 1000)
    expect(medianOf(emgNoise(1, 1000, 120_000), 1000) / expected).toBeWithin(0.98, 1.02)
  })
})
