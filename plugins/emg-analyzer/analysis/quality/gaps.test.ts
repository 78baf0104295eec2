/** What is missing: dropouts to the sample, values that are no numbers, channels without a signal. */
import { describe, expect, test } from 'bun:test'
import { analyze, evenly, synth } from '../fixtures.ts'

const bursts = evenly(5, 5000, 2500, 100e-6)
const reasonsOf = (samples: Float64Array, rest = {}) =>
  analyze(samples, rest).quality.reasons.map(({ check, status, message }) => [check, status, message])

test('a clean channel is good, and no check has anything to say', () => {
  for (const rate of [990, 1000, 2000]) {
    const { quality } = analyze(synth({ rate, bursts }).samples, { rate })
    expect(quality).toMatchObject({ verdict: 'good', reasons: [], clippedPercent: 0, nonFinite: 0 })
    const statuses = Object.values(quality.checks).map(({ status }) => status)
    expect(new Set(statuses)).toEqual(new Set(['good']))
  }
})

describe('dropouts', () => {
  test.each([990, 1000, 2000])('are told exactly, at %i Hz', (rate) => {
    const dropouts = [6000, 21_000].map((startMs) => ({ startMs, endMs: startMs + 270, value: -5.5e-3 }))
    const { samples, truth } = synth({ rate, bursts, dropouts })
    const { quality } = analyze(samples, { rate })
    const lost = truth.dropouts.map(({ startMs, endMs }) => Math.round(((endMs - startMs) * rate) / 1000))
    expect(quality.dropouts.blocks.map((block) => block.samples)).toEqual(lost)
    for (const [i, { startMs, endMs }] of truth.dropouts.entries()) {
      expect(quality.dropouts.blocks[i]?.startMs).toBeCloseTo(startMs, 9)
      expect(quality.dropouts.blocks[i]?.endMs).toBeCloseTo(endMs, 9)
    }
    expect(quality.checks.dropouts?.value).toBeCloseTo((100 * (lost[0] as number) * 2) / samples.length, 9)
    expect(reasonsOf(samples, { rate })).toEqual([
      ['dropouts', 'usable', '2 dropouts of 0.54 s in all; left out.'],
    ])
  })

  test('of more than a twentieth are poor', () => {
    const dropouts = [{ startMs: 20_000, endMs: 22_000, value: 0 }]
    expect(reasonsOf(synth({ bursts, dropouts }).samples)).toEqual([
      ['dropouts', 'poor', '1 dropout of 2.00 s in all; left out.'],
    ])
  })
})

test('values that are no numbers are counted, and told', () => {
  const { samples } = synth({ bursts })
  samples[100] = Number.NaN
  expect(reasonsOf(samples)).toEqual([['nonFinite', 'usable', '1 sample is no number; left out.']])
  samples.fill(Number.NEGATIVE_INFINITY, 1000, 1400)
  const { quality } = analyze(samples)
  expect(quality.nonFinite).toBe(401)
  expect(quality.checks.nonFinite).toMatchObject({ status: 'poor', value: (100 * 401) / 30_000 })
  expect(quality.reasons.map(({ message }) => message)).toContain('401 samples are no numbers; left out.')
})

describe('a channel without a signal is poor for one reason', () => {
  test.each([
    ['no samples', new Float64Array(0), 'There are no samples.'],
    ['one value', new Float64Array(5000).fill(2e-6), 'It stands still throughout: there is no signal.'],
    ['no number', new Float64Array(5000).fill(Number.NaN), 'None of its samples is a number.'],
  ])('%s', (_, samples, message) => {
    expect(analyze(samples).quality.verdict).toBe('poor')
    expect(reasonsOf(samples)).toEqual([['constant', 'poor', message]])
  })
})

test('little signal is told by its length', () => {
  const { samples } = synth({ durationS: 10, bursts: [{ startMs: 1000, endMs: 1800, rms: 100e-6 }] })
  expect(reasonsOf(samples.subarray(1000, 1800))).toContainEqual(['length', 'poor', 'Only 0.80 s of signal.'])
  expect(reasonsOf(samples.subarray(0, 2500))).toEqual([['length', 'usable', 'Only 2.5 s of signal.']])
  expect(reasonsOf(samples.subarray(0, 3000))).toEqual([])
})

test('a low sampling rate is told, with what it costs', () => {
  const { samples } = synth({ rate: 500, bursts })
  expect(reasonsOf(samples, { rate: 500 })).toEqual([
    ['samplingRate', 'usable', 'At 500 Hz, EMG above 250 Hz is lost or folded: amplitudes are lower bounds.'],
  ])
  expect(reasonsOf(samples, { rate: 65.0533447 })).toEqual([
    ['samplingRate', 'poor', 'At 65.05 Hz, no spectrum is valid.'],
  ])
  for (const check of ['signalToNoise', 'powerLine', 'ecg', 'baselineNoise', 'scale']) {
    expect(analyze(samples, { rate: 65 }).quality.checks[check]).toMatchObject({
      status: 'unknown',
      value: null,
      reason: expect.stringMatching(/\.$/),
    })
  }
})
