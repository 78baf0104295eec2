/** Figures, gaps, clipping and refusals on synthesised channels whose truth is known. */
import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import * as v from 'valibot'
import type { Recording, RecordingChannel } from '../../c3d-reader/index.ts'
import {
  analyze,
  analyzeAll,
  analyzeChannel,
  channelOf,
  evenly,
  planOf,
  recordingOf,
  synth,
} from './fixtures.ts'
import { RecordingAnalysisSchema } from './index.ts'

describe('amplitudes', () => {
  test('are those that were put in, within 2 %', () => {
    const { metrics } = analyze(synth({ bursts: [{ startMs: 0, endMs: 30_000, rms: 100e-6 }] }).samples)
    // The filter takes a little from the edges of the band.
    expect((metrics.rms?.value as number) / 100e-6).toBeWithin(0.97, 1.01)
    // A Gaussian signal has a mean absolute value of sqrt(2/pi) of its RMS.
    expect((metrics.mav?.value as number) / (metrics.rms?.value as number)).toBeCloseTo(
      Math.sqrt(2 / Math.PI),
      2,
    )
  })

  test('say their unit, and whether the file states it', () => {
    const { samples } = synth()
    expect(analyze(samples, { unit: 'mV' })).toMatchObject({ unit: 'mV', unitBasis: 'declared' })
    expect(analyze(samples, { unit: null })).toMatchObject({ unit: 'V', unitBasis: 'assumed' })
    expect(analyze(samples, { unit: ' ' })).toMatchObject({ unit: 'V', unitBasis: 'assumed' })
  })
})

describe('gaps', () => {
  const bursts = evenly(5, 4000, 2000, 100e-6)
  const dropouts = [{ startMs: 4000, endMs: 4270, value: -5.5e-3 }]

  test('a dropout is found to the sample, and changes no figure', () => {
    const whole = analyze(synth({ bursts }).samples)
    const broken = analyze(synth({ bursts, dropouts }).samples)
    expect(broken.quality.dropouts).toEqual({
      count: 1,
      totalMs: 270,
      blocks: [{ startMs: 4000, endMs: 4270, samples: 270 }],
    })
    expect((broken.metrics.rms?.value as number) / (whole.metrics.rms?.value as number)).toBeCloseTo(1, 2)
    expect(broken.contractions.map(({ startMs }) => startMs)).toEqual(
      whole.contractions.map(({ startMs }) => startMs),
    )
    expect(broken.quality.clippedPercent).toBe(0)
  })

  test('a contraction goes on across a short dropout, and ends at a long one', () => {
    const within = (endMs: number) =>
      analyze(
        synth({
          bursts: [{ startMs: 5000, endMs: 9000, rms: 200e-6 }],
          dropouts: [{ startMs: 6000, endMs, value: -5.5e-3 }],
        }).samples,
      ).contractions
    const [one, ...others] = within(6270)
    expect(others).toEqual([])
    expect(one?.durationMs).toBeWithin(3980, 4040)
    // The dropout is at a rail thirty times as large: it must show in no amplitude.
    expect(one?.maxAmplitude).toBeLessThan(400e-6)
    expect(within(6900)).toHaveLength(2)
  })

  test('samples that are no number are counted and left out', () => {
    const { samples } = synth({ bursts })
    samples[10] = Number.NaN
    samples.fill(Number.POSITIVE_INFINITY, 7000, 7010)
    const { quality, metrics } = analyze(samples)
    expect(quality.nonFinite).toBe(11)
    expect(metrics.rms?.value as number).toBeWithin(10e-6, 100e-6)
  })

  test('19 ms of one value are none, 20 ms are', () => {
    for (const [length, count] of [
      [19, 0],
      [20, 1],
    ] as const) {
      const { samples } = synth()
      samples.fill(1e-6, 5000, 5000 + length)
      expect(analyze(samples).quality.dropouts.count).toBe(count)
    }
  })
})

describe('clipping', () => {
  test('is the share of samples that the rail cut off', () => {
    const { samples, truth } = synth({ bursts: evenly(5, 4000, 2500, 200e-6), rail: 300e-6 })
    const percent = analyze(samples).quality.clippedPercent
    expect(truth.clipping?.samples).toBeGreaterThan(300)
    // Dwells of one or two samples are no proof of a rail.
    expect(percent / (truth.clipping?.percent ?? 0)).toBeWithin(0.7, 1.05)
  })

  test('is not seen in a signal that was not cut off', () => {
    for (let seed = 1; seed <= 5; seed++) {
      expect(
        analyze(synth({ seed, bursts: evenly(5, 4000, 2500, 200e-6) }).samples).quality.clippedPercent,
      ).toBe(0)
    }
  })
})

describe('what cannot be analysed gives no figure, and the reason', () => {
  test.each([
    ['no samples', new Float64Array(0), {}, /there are no samples/],
    ['one value throughout', new Float64Array(5000).fill(1e-6), {}, /one value throughout/],
    ['no numbers', new Float64Array(5000).fill(Number.NaN), {}, /no numbers/],
    ['a rate too low for EMG', synth().samples, { rate: 100 }, /sampling rate of 100 Hz is too low/],
    ['a rate that is no number', synth().samples, { rate: Number.NaN }, /sampling rate of NaN Hz/],
    ['values too large to square', synth().samples.map((x) => x * 1e200), {}, /are no amplitudes/],
    ['values too small to square', synth().samples.map((x) => x * 1e-200), {}, /are no amplitudes/],
    ['too few samples', synth().samples.subarray(0, 200), {}, /0\.25 s\) is the least/],
  ])('%s', (_, samples, rest, reason) => {
    const { metrics, contractions, band } = analyze(samples, rest)
    expect(contractions).toEqual([])
    expect(band).toBeNull()
    for (const metric of Object.values(metrics)) {
      expect(metric).toMatchObject({ value: null, reason: expect.stringMatching(reason) })
    }
  })
})

test('a filter that takes more samples than there are gives no figure, and the reason', () => {
  const plan = planOf('clinical', { bandPass: { order: 10 } })
  const short = channelOf(synth().samples.subarray(0, 60), { rate: 200 })
  const { metrics } = analyzeChannel(short, plan)
  expect(metrics.rms).toMatchObject({
    value: null,
    reason: 'there are 60 samples; the filter takes 64',
  })
})

describe('analyzeRecording', () => {
  const recording = (...channels: RecordingChannel[]): Recording => ({
    ...recordingOf(...channels),
    warnings: [{ code: 'TRUNCATED', message: 'cut short' }],
  })
  const codes = (of: Recording, overrides = {}) =>
    analyzeAll(of, planOf('clinical', overrides)).warnings.map(({ code }) => code)
  const { samples } = synth()

  test('is the same, byte for byte, every time', () => {
    const it = recording(channelOf(samples))
    expect(JSON.stringify(analyzeAll(it))).toBe(JSON.stringify(analyzeAll(it)))
  })

  test('holds nothing that JSON cannot', () => {
    const it = recording(channelOf(new Float64Array(5000)), channelOf(samples.map(() => Number.NaN)))
    const analysis = analyzeAll(it)
    expect(JSON.parse(JSON.stringify(analysis))).toEqual(analysis)
  })

  test('of any samples, at any rate, under any filter, is of its schema, also as JSON', () => {
    const tame = fc.oneof(fc.double({ min: -1, max: 1, noNaN: true }), fc.constantFrom(0, Number.NaN))
    const wild = fc.oneof(fc.double(), fc.constantFrom(-0, Number.POSITIVE_INFINITY, 1e300, -1e300, 5e-324))
    const length = { maxLength: 600, size: 'max' } as const
    const pieces = fc.oneof(fc.array(tame, length), fc.array(wild, length))
    const repeated = fc.tuple(pieces, fc.integer({ min: 1, max: 3 }))
    const filter = fc
      .record({
        lowHz: fc.integer({ min: 1, max: 150 }),
        highHz: fc.integer({ min: 50, max: 600 }),
        order: fc.integer({ min: 1, max: 10 }),
      })
      .filter(({ lowHz, highHz }) => lowHz < highHz)
    let figures = 0
    fc.assert(
      fc.property(
        repeated,
        fc.constantFrom(10, 200, 990, 2000),
        filter,
        ([values, times], rate, bandPass) => {
          const samples = Float64Array.from(values.flatMap((each) => new Array<number>(times).fill(each)))
          const anyPlan = planOf('clinical', { bandPass, minimumRateHz: 1 })
          const analysis = analyzeAll(recording(channelOf(samples, { rate })), anyPlan)
          if (typeof analysis.channels[0]?.metrics.rms?.value === 'number') figures++
          const back: unknown = JSON.parse(JSON.stringify(analysis))
          // JSON has no NaN and no infinity: they would come back as null.
          expect<unknown>(v.parse(RecordingAnalysisSchema, back)).toEqual(back)
        },
      ),
      { numRuns: 600 },
    )
    // It is not only refusals that are of the schema.
    expect(figures).toBeGreaterThan(30)
  })

  test('passes on the warnings of the reader, and says what was assumed', () => {
    expect(codes(recording(channelOf(samples)))).toEqual(['TRUNCATED'])
    expect(codes(recording(channelOf(samples, { unit: null })))).toEqual(['TRUNCATED', 'UNIT_ASSUMED'])
    expect(codes(recording(channelOf(samples, { label: 'A1' })))).toEqual(['TRUNCATED', 'EMG_ASSUMED'])
    expect(codes(recording(channelOf(samples, { unit: 'N' })))).toEqual(['TRUNCATED', 'NO_EMG'])
    expect(codes(recording(channelOf(samples)), { rateOverride: 1010 })).toEqual([
      'TRUNCATED',
      'RATE_OVERRIDDEN',
    ])
    expect(codes(recording(channelOf(samples, { rate: 500 })))).toEqual(['TRUNCATED', 'RATE_LOW'])
  })

  test('costs in proportion to the length', () => {
    // Of this process: what else runs on the machine takes time, and does not count.
    const cpuMs = () => process.cpuUsage().user / 1000
    const channels = [60, 600].map((durationS) => channelOf(synth({ durationS }).samples))
    const least = channels.map(() => Number.POSITIVE_INFINITY)
    for (let round = 0; round < 6; round++) {
      for (const [i, channel] of channels.entries()) {
        const start = cpuMs()
        analyzeChannel(channel)
        least[i] = Math.min(least[i] as number, cpuMs() - start)
      }
    }
    const [short = Number.NaN, long = Number.NaN] = least
    expect(long / short).toBeLessThan(20)
  }, 30_000)
})
