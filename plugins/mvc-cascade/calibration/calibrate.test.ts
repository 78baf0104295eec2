import { describe, expect, test } from 'bun:test'
import { translatedSentence } from '../../../src/sdk.ts'
import { type EmgSpec, synthesiseEmg } from '../../c3d-reader/samples/synthesise.ts'
import { type Calibration, calibrate } from './calibrate.ts'

const RATE = 1000

/** Three trials of 4 s of known RMS, with rest between them. */
const spec = (levels: readonly number[], rest: Partial<EmgSpec> = {}): EmgSpec => ({
  seed: 7,
  rate: RATE,
  durationS: 10 * levels.length,
  baselineRms: 3e-6,
  bursts: levels.map((rms, i) => ({ startMs: 10_000 * i + 3000, endMs: 10_000 * i + 7000, rms })),
  ...rest,
})

function calibrated(...args: Parameters<typeof calibrate>): Calibration {
  const result = calibrate(...args)
  if ('refusal' in result) throw new Error(result.refusal)
  return result
}

const refusalOf = (...args: Parameters<typeof calibrate>): string => {
  const result = calibrate(...args)
  if (!('refusal' in result)) throw new Error('it was accepted')
  // Whoever reads it may read French.
  expect([result.refusal, translatedSentence('fr', result.refusal)]).not.toContain(null)
  return result.refusal
}

describe('trials', () => {
  test('are found where they are, to within 50 ms', () => {
    const { trials } = calibrated(synthesiseEmg(spec([3e-4, 2.9e-4, 3.1e-4])).samples, RATE, 'declared', null)
    expect(trials).toHaveLength(3)
    for (const [i, { startMs, endMs }] of trials.entries()) {
      expect(Math.abs(startMs - (10_000 * i + 3000))).toBeLessThan(50)
      expect(Math.abs(endMs - (10_000 * i + 7000))).toBeLessThan(50)
    }
  })

  test('give their level: of a sine within the band, its amplitude over the root of 2', () => {
    const samples = new Float64Array(20_000)
    for (let i = 5000; i < 9000; i++) samples[i] = 2e-4 * Math.sin((2 * Math.PI * 100 * i) / RATE)
    for (let i = 12_000; i < 16_000; i++) samples[i] = 3e-4 * Math.sin((2 * Math.PI * 100 * i) / RATE)
    // A hum of the recorder, so that rest is no dropout.
    for (let i = 0; i < samples.length; i++) samples[i] = (samples[i] ?? 0) + 1e-3 + 1e-6 * Math.sin(i)
    const { value, trials, spreadPercent } = calibrated(samples, RATE, 'declared', null)
    expect(value / (3e-4 / Math.SQRT2)).toBeCloseTo(1, 2)
    expect((trials[0]?.value ?? 0) / (2e-4 / Math.SQRT2)).toBeCloseTo(1, 2)
    expect(spreadPercent).toBeCloseTo(100 / 3, 0)
  })

  test('of EMG are a little above the RMS of the whole trial, since the loudest half second counts', () => {
    const { samples } = synthesiseEmg(spec([3e-4, 3e-4, 3e-4]))
    const { value, flags } = calibrated(samples, RATE, 'declared', null)
    expect(value / 3e-4).toBeGreaterThan(1)
    expect(value / 3e-4).toBeLessThan(1.3)
    expect(flags).toEqual([])
  })

  test('are found at other rates, and without high frequencies', () => {
    for (const rate of [500, 990, 2000]) {
      const { samples } = synthesiseEmg(spec([3e-4, 3e-4], { rate }))
      expect(calibrated(samples, rate, 'declared', null).trials).toHaveLength(2)
    }
  })

  test('may be stated', () => {
    const windows = [
      { startMs: 3500, endMs: 6500 },
      { startMs: 23_500, endMs: 26_500 },
    ]
    const { trials } = calibrated(synthesiseEmg(spec([3e-4, 9e-4, 2e-4])).samples, RATE, 'declared', windows)
    expect(trials.map(({ startMs, endMs }) => ({ startMs, endMs }))).toEqual(windows)
    expect(trials[0]?.value).toBeGreaterThan(trials[1]?.value ?? 0)
  })

  test('do not come of knocks on an electrode', () => {
    const { samples } = synthesiseEmg(spec([3e-4, 3e-4]))
    for (const at of [1000, 11_500, 12_100])
      for (let i = 0; i < 40; i++) samples[at + i] = 8e-3 * (-1) ** (i >> 2)
    const { trials, value } = calibrated(samples, RATE, 'declared', null)
    expect(trials).toHaveLength(2)
    expect(value / 3e-4).toBeLessThan(1.15)
  })

  test('do not come of noise, of silence, nor of an effort without rest', () => {
    const noise = synthesiseEmg(spec([3e-4], { bursts: [], baselineRms: 5e-6, durationS: 60 })).samples
    expect(refusalOf(noise, RATE, 'declared', null)).toContain('no trial stands out from rest')
    const effort = synthesiseEmg(spec([3e-4], { bursts: [{ startMs: 0, endMs: 10_000, rms: 3e-4 }] })).samples
    expect(refusalOf(effort, RATE, 'declared', null)).toContain('state the trials')
    expect(calibrated(effort, RATE, 'declared', [{ startMs: 0, endMs: 10_000 }]).trials).toHaveLength(1)
    expect(refusalOf(new Float64Array(10_000), RATE, 'declared', null)).toContain('one value throughout')
  })
})

describe('flags', () => {
  test('a spread over 10 % is computed and flagged', () => {
    const { samples } = synthesiseEmg(spec([3e-4, 2e-4]))
    const { spreadPercent, flags, trials, value } = calibrated(samples, RATE, 'declared', null)
    const [a = 0, b = 0] = trials.map((trial) => trial.value)
    expect(spreadPercent).toBeCloseTo((100 * (a - b)) / a, 9)
    expect(spreadPercent).toBeGreaterThan(20)
    expect(value).toBe(a)
    expect(flags).toEqual(['SPREAD_OVER_10'])
  })

  test('one trial has no spread, and an assumed unit is said', () => {
    const result = calibrated(synthesiseEmg(spec([3e-4])).samples, RATE, 'assumed', null)
    expect(result).toMatchObject({ spreadPercent: null, flags: ['ONE_TRIAL', 'UNIT_ASSUMED'] })
  })

  test('a clipped trial is told from an unclipped one', () => {
    const { samples, truth } = synthesiseEmg(spec([8e-4, 2e-4], { rail: 8e-4 }))
    const { trials, flags } = calibrated(samples, RATE, 'declared', null)
    expect(flags).toContain('CLIPPED')
    expect(truth.clipping?.percent).toBeGreaterThan(5)
    expect(trials[0]?.clippedPercent).toBeGreaterThan(20)
    expect(trials[1]?.clippedPercent).toBe(0)
  })
})

describe('gaps', () => {
  test('dropouts at any value change the result by little, and hide nothing', () => {
    const whole = calibrated(synthesiseEmg(spec([3e-4, 3e-4])).samples, RATE, 'declared', null)
    for (const value of [0, 5e-3]) {
      const dropouts = [{ startMs: 4000, endMs: 4270, value }]
      const { samples } = synthesiseEmg(spec([3e-4, 3e-4], { dropouts }))
      const result = calibrated(samples, RATE, 'declared', null)
      expect(result.trials).toHaveLength(2)
      expect(Math.abs(result.value / whole.value - 1)).toBeLessThan(0.1)
    }
  })

  test('a trial that is mostly a dropout is refused', () => {
    const dropouts = [{ startMs: 3100, endMs: 6900, value: 0 }]
    const { samples } = synthesiseEmg(spec([3e-4, 3e-4], { dropouts }))
    expect(refusalOf(samples, RATE, 'declared', [{ startMs: 3200, endMs: 6800 }])).toContain('dropout')
  })

  test('samples that are no numbers are left out', () => {
    const { samples } = synthesiseEmg(spec([3e-4, 3e-4]))
    samples[5000] = Number.NaN
    samples[0] = Number.POSITIVE_INFINITY
    samples[samples.length - 1] = Number.NaN
    expect(calibrated(samples, RATE, 'declared', null).value / 3e-4).toBeLessThan(1.15)
  })
})

describe('refusals', () => {
  const { samples } = synthesiseEmg(spec([3e-4]))

  test('too low a rate, too few samples, nothing but NaN', () => {
    expect(refusalOf(samples, 100, 'declared', null)).toContain('too low')
    expect(refusalOf(samples.subarray(0, 400), RATE, 'declared', null)).toContain('400 samples')
    expect(refusalOf(new Float64Array(), RATE, 'declared', null)).toContain('0 samples')
    expect(refusalOf(new Float64Array(5000).fill(Number.NaN), RATE, 'declared', null)).toContain('no numbers')
  })

  test('a trial outside of the recording, and one that is too short', () => {
    expect(refusalOf(samples, RATE, 'declared', [{ startMs: 9000, endMs: 10_001 }])).toContain(
      'after the recording',
    )
    expect(refusalOf(samples, RATE, 'declared', [{ startMs: 4000, endMs: 4100 }])).toContain(
      'shorter than 250 ms',
    )
  })

  test('a value that is no MVC, as of a recording in mV that does not say so', () => {
    const inMillivolts = samples.map((value) => value * 1e3)
    expect(refusalOf(inMillivolts, RATE, 'assumed', null)).toContain('want of a declared unit')
    expect(refusalOf(inMillivolts, RATE, 'declared', null)).toContain('outside of 1 uV to 10 mV')
  })
})

test('the time it takes grows as the recording does', () => {
  const time = (durationS: number): number => {
    const { samples } = synthesiseEmg(spec([3e-4], { durationS }))
    let best = Number.POSITIVE_INFINITY
    for (let i = 0; i < 5; i++) {
      const begun = performance.now()
      calibrate(samples, RATE, 'declared', null)
      best = Math.min(best, performance.now() - begun)
    }
    return best
  }
  time(60)
  expect(time(600) / time(60)).toBeLessThan(30)
})
