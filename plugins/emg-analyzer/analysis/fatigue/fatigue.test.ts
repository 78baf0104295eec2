/** Fatigue against signals whose median frequency is known at every moment. */
import { describe, expect, test } from 'bun:test'
import { dsp } from '../../../../src/sdk.ts'
import { type Burst, type EmgSpec, synthesiseEmg } from '../../../c3d-reader/samples/index.ts'
import { analyze, synth } from '../fixtures.ts'
import type { Fatigue } from '../schema.ts'

const fatigueOf = (samples: Float64Array, rate: number): Fatigue =>
  analyze(samples, { rate }).fatigue as Fatigue

/** Bursts that fill most of a recording. */
const spread = (count: number, durationS: number, rms: (share: number) => number = () => 100e-6): Burst[] => {
  const every = (1000 * durationS - 2000) / count
  return Array.from({ length: count }, (_, i) => {
    const startMs = 1500 + i * every
    return { startMs, endMs: startMs + Math.min(4000, 0.65 * every), rms: rms(i / (count - 1)) }
  })
}

const tiring = (rest: Partial<EmgSpec>, fromHz = 120, toHz = 70) =>
  synthesiseEmg({
    seed: 1,
    rate: 1000,
    durationS: 60,
    baselineRms: 4e-6,
    bursts: [],
    medianFrequency: { fromHz, toHz },
    ...rest,
  })

describe('a spectrum compressed from 120 to 70 Hz', () => {
  const SEEDS = 20
  const sustained = (durationS: number): Burst[] => [
    { startMs: 4000, endMs: 1000 * durationS - 4000, rms: 100e-6 },
  ]
  const restless = (durationS: number): Burst[] => [{ startMs: 0, endMs: 1000 * durationS, rms: 100e-6 }]

  test.each([
    ['one contraction of 52 s at 1000 Hz', 60, 1000, sustained(60), 'windows'],
    ['20 contractions in 60 s at 990 Hz', 60, 990, spread(20, 60), 'contractions'],
    ['20 contractions in 120 s at 2000 Hz', 120, 2000, spread(20, 120), 'contractions'],
    ['12 contractions in 120 s at 1000 Hz', 120, 1000, spread(12, 120), 'contractions'],
    ['two minutes without rest at 990 Hz', 120, 990, restless(120), 'recording'],
  ] as const)(
    'has its slope recovered to a twentieth from most of 20 seeds: %s',
    (_, durationS, rate, bursts, basis) => {
      const errors = Array.from({ length: SEEDS }, (_, seed) => {
        const { samples, truth } = tiring({ seed, rate, durationS, bursts })
        const fatigue = fatigueOf(samples, rate)
        expect(fatigue.basis).toBe(basis)
        expect(fatigue.valid).toBe(basis !== 'recording')
        return (fatigue.slopes?.medianFrequency.slope ?? 0) / (truth.medianFrequency?.hzPerSecond ?? 0) - 1
      })
      expect(errors.filter((each) => Math.abs(each) < 0.05).length).toBeGreaterThan(SEEDS / 2)
      // The scatter is that of a minute of noise. What must not be there is a bias.
      expect(Math.abs(dsp.mean(errors))).toBeLessThan(0.03)
      expect(Math.max(...errors.map(Math.abs))).toBeLessThan(0.2)
    },
  )

  test('has an intercept and a loss in % a minute that follow from it', () => {
    const { medianFrequency } = fatigueOf(tiring({ durationS: 120, bursts: spread(20, 120) }).samples, 1000)
      .slopes as NonNullable<Fatigue['slopes']>
    expect(medianFrequency.intercept).toBeWithin(114, 128)
    expect(medianFrequency.percentPerMinute).toBeCloseTo(
      (6000 * (medianFrequency.slope as number)) / (medianFrequency.intercept as number),
      9,
    )
    expect(medianFrequency).toMatchObject({ unit: 'Hz/s', significant: true, n: 20 })
  })

  test('raises Dimitrov’s index at least threefold', () => {
    const { dimitrovRatio, slopes } = fatigueOf(tiring({ bursts: spread(12, 60) }).samples, 1000)
    expect(dimitrovRatio).toBeGreaterThan(3)
    expect(slopes?.dimitrovIndex).toMatchObject({ unit: '1/Hz⁶/s', significant: true })
    expect(slopes?.dimitrovIndex.slope).toBeGreaterThan(0)
    // The index rises ever faster, so that its line begins below zero: there is no share of that.
    expect(slopes?.dimitrovIndex.intercept).toBeLessThan(0)
    expect(slopes?.dimitrovIndex.percentPerMinute).toBeNull()
  })
})

test('slope, intercept, r2 and p are those of the straight line through the points', () => {
  const { points, slopes } = fatigueOf(tiring({ bursts: spread(12, 60) }, 100, 95).samples, 1000)
  const seconds = points.map(({ atMs }) => atMs / 1000)
  for (const figure of ['medianFrequency', 'meanFrequency', 'rms', 'dimitrovIndex'] as const) {
    const line = dsp.linearRegression(
      seconds,
      points.map((point) => point[figure]),
    )
    const { slope, intercept, r2, p, n } = line
    expect(slopes?.[figure]).toMatchObject({ slope, intercept, r2, p, n, significant: (p as number) < 0.05 })
  }
})

test('the points are in order of time, each in the middle of its contraction', () => {
  const { samples, truth } = tiring({ bursts: spread(12, 60) })
  const { points } = fatigueOf(samples, 1000)
  expect(points).toHaveLength(12)
  for (const [i, { startMs, endMs, rms }] of truth.bursts.entries()) {
    expect(Math.abs((points[i]?.atMs as number) - (startMs + endMs) / 2)).toBeLessThan(60)
    expect((points[i]?.rms as number) / rms).toBeWithin(0.92, 1.02)
  }
})

describe('where nothing changes', () => {
  test.each([
    ['one contraction', [{ startMs: 3000, endMs: 57_000, rms: 100e-6 }]],
    ['12 contractions', spread(12, 60)],
  ])('a slope is significant about one time in twenty: %s', (_, bursts) => {
    const RUNS = 100
    const found = { medianFrequency: 0, rms: 0 }
    for (let seed = 0; seed < RUNS; seed++) {
      const { slopes } = fatigueOf(synth({ seed, durationS: 60, bursts }).samples, 1000)
      if (slopes?.medianFrequency.significant) found.medianFrequency++
      if (slopes?.rms.significant) found.rms++
    }
    // Of a hundred, 5 are expected; more than 12 come once in a thousand.
    expect(found.medianFrequency).toBeLessThanOrEqual(12)
    expect(found.rms).toBeLessThanOrEqual(12)
  })
})

describe('joint analysis of spectrum and amplitude', () => {
  const rising = (share: number): number => (60 + 80 * share) * 1e-6
  const falling = (share: number): number => rising(1 - share)

  test.each([
    ['fatigue', rising, 120, 70],
    ['force increase', rising, 80, 110],
    ['force decrease', falling, 120, 70],
    ['recovery', falling, 80, 110],
  ] as const)('says %s, and that it is sure', (quadrant, rms, fromHz, toHz) => {
    const { samples } = tiring({ bursts: spread(12, 60, rms) }, fromHz, toHz)
    expect(fatigueOf(samples, 1000).jasa).toEqual({ quadrant, significant: true })
  })

  test('is not sure where only the amplitude changes', () => {
    const { samples } = tiring({ bursts: spread(12, 60, rising) }, 95, 95)
    expect(fatigueOf(samples, 1000).jasa?.significant).toBeFalse()
  })
})

describe('is not valid, and says why,', () => {
  test('of fewer than five contractions or windows', () => {
    const bursts = [2000, 6000].map((startMs) => ({ startMs, endMs: startMs + 1500, rms: 100e-6 }))
    const fatigue = fatigueOf(tiring({ durationS: 10, bursts }).samples, 1000)
    expect(fatigue).toMatchObject({
      valid: false,
      reason: '2 contractions or windows have a spectrum; 5 is the least',
      jasa: null,
    })
  })

  test('below 400 Hz, where there is no slope either', () => {
    const fatigue = fatigueOf(tiring({ rate: 500, bursts: spread(12, 60) }).samples, 390)
    expect(fatigue).toMatchObject({
      valid: false,
      reason: 'the sampling rate of 390 Hz is too low for spectra; 400 Hz is the least',
      slopes: null,
      points: [],
      jasa: null,
      dimitrovRatio: null,
    })
  })

  test('of a minute of noise without a contraction, at every seed', () => {
    for (let seed = 0; seed < 20; seed++) {
      const { valid, reason } = fatigueOf(synth({ seed, durationS: 60 }).samples, 1000)
      expect({ valid, reason }).toEqual({
        valid: false,
        reason: 'no contraction was found: the windows are of the whole recording, which may be rest',
      })
    }
  })

  test('of a channel that holds nothing', () => {
    const fatigue = fatigueOf(new Float64Array(20_000), 1000)
    expect(fatigue).toMatchObject({ valid: false, reason: 'it holds one value throughout, or no numbers' })
  })
})

test('a dropout takes the windows that it touches, and no others', () => {
  const bursts = [{ startMs: 4000, endMs: 56_000, rms: 100e-6 }]
  const dropouts = [{ startMs: 30_000, endMs: 30_270, value: -5.5e-3 }]
  const whole = fatigueOf(tiring({ bursts }).samples, 1000)
  const broken = fatigueOf(tiring({ bursts, dropouts }).samples, 1000)
  expect(broken.valid).toBeTrue()
  expect(whole.points.length - broken.points.length).toBeWithin(0, 3)
  expect(
    (broken.slopes?.medianFrequency.slope as number) / (whole.slopes?.medianFrequency.slope as number),
  ).toBeWithin(0.9, 1.1)
  for (const { rms } of broken.points) expect(rms).toBeLessThan(130e-6)
})
