/** Detectors against synthesised channels whose truth is known, and what holds of each of them. */
import { describe, expect, test } from 'bun:test'
import * as v from 'valibot'
import { dsp } from '../../../../src/sdk.ts'
import { type EmgSpec, synthesiseEmg } from '../../../c3d-reader/samples/index.ts'
import { seededRandom } from '../../../c3d-reader/samples/random.ts'
import { bridgeGaps, findGaps, type Run, withoutGaps } from '../conditioning/gaps.ts'
import { bonato } from './bonato.ts'
import type { DetectorInput } from './detector.ts'
import { finishRuns } from './finish.ts'
import { hodgesBui } from './hodges-bui.ts'
import { threshold } from './threshold.ts'
import { tkeo } from './tkeo.ts'

const RATE = 1000
const FINISH = { mergeGapMs: 200, bridgeGapMs: 500, minimumDurationMs: 100 }
const REST_RMS = 5e-6
/** 15 dB above rest. */
const LOUD_RMS = REST_RMS * 10 ** (15 / 20)

function inputOf(samples: Float64Array, rate = RATE): DetectorInput {
  const gaps = findGaps(samples, Math.ceil(0.02 * rate))
  const cutoff = [20, Math.min(450, 0.45 * rate)] as const
  const sections = dsp.butterworth({ order: 4, kind: 'band', cutoff, rate })
  const filtered = dsp.sosfiltfilt(sections, bridgeGaps(samples, gaps))
  return { filtered, envelope: filtered.map(Math.abs), activated: null, gaps, rate }
}

const synth = (rest: Partial<EmgSpec> = {}): Float64Array =>
  synthesiseEmg({ seed: 7, rate: RATE, durationS: 60, baselineRms: REST_RMS, bursts: [], ...rest }).samples

/** Bursts of 0.3 to 2.8 s, 0.5 to 3.5 s apart. */
function scatteredBursts(seed: number): EmgSpec['bursts'][number][] {
  const random = seededRandom(seed)
  const bursts: EmgSpec['bursts'][number][] = []
  for (let at = 1000 + 1500 * random(); at < 56_000; at += 500 + 3000 * random()) {
    const startMs = Math.round(at)
    at += 300 + 2500 * random()
    bursts.push({ startMs, endMs: Math.round(at), rms: LOUD_RMS })
  }
  return bursts
}

const evenly = (count: number, rms: number): EmgSpec['bursts'][number][] =>
  Array.from({ length: count }, (_, i) => ({ startMs: 3000 + 5000 * i, endMs: 5000 + 5000 * i, rms }))

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] as number

describe.each([hodgesBui, bonato, tkeo])('$id', (method) => {
  const detect = (input: DetectorInput) => method.detect(input, method.defaults)
  const contractions = (input: DetectorInput): Run[] =>
    finishRuns(detect(input)?.runs ?? [], input.gaps, input.rate, FINISH)
  const noGaps = findGaps(new Float64Array(0), 1)

  test('has defaults that its schema accepts, and refuses what it does not know', () => {
    expect(v.parse(method.parameters, method.defaults)).toEqual(method.defaults)
    expect(v.is(method.parameters, { ...method.defaults, unknown: 1 })).toBe(false)
    expect(v.is(method.parameters, { ...method.defaults, restSpread: Number.NaN })).toBe(false)
  })

  test.each([500, 1000, 2148])('at 15 dB and %d Hz: onsets within 15 ms, F1 over 0.98 at 50 ms', (rate) => {
    const errors: number[] = []
    let hits = 0
    let found = 0
    let given = 0
    for (let seed = 1; seed <= 6; seed++) {
      const bursts = scatteredBursts(seed)
      const runs = contractions(inputOf(synth({ seed, rate, bursts }), rate))
      const starts = runs.map(({ start }) => (1000 * start) / rate)
      for (const { startMs } of bursts) {
        const error = Math.min(...starts.map((each) => Math.abs(each - startMs)))
        if (error <= 200) errors.push(error)
        if (error <= 50) hits++
      }
      found += runs.length
      given += bursts.length
    }
    expect(given).toBeGreaterThan(80)
    expect(errors.length).toBeGreaterThan(0.98 * given)
    expect(median(errors)).toBeLessThan(15)
    expect((2 * hits) / (found + given)).toBeGreaterThan(0.98)
  })

  test.each([500, 1000])('finds nothing in eight times 60 s of noise at %d Hz', (rate) => {
    for (let seed = 101; seed <= 108; seed++) {
      const input = inputOf(synth({ seed, rate }), rate)
      expect(detect(input)).not.toBeNull()
      expect(contractions(input)).toEqual([])
    }
  })

  test.each([
    [60, 2500, 57_500],
    [20, 2000, 18_500],
    [6, 500, 5500],
  ])('finds one whole that fills nearly all of %d s', (durationS, startMs, endMs) => {
    const bursts = [{ startMs, endMs, rms: 200e-6 }]
    const [only, ...others] = contractions(inputOf(synth({ durationS, bursts })))
    expect(others).toEqual([])
    expect(only?.start).toBeWithin(startMs - 40, startMs + 20)
    expect(only?.end).toBeWithin(endMs - 20, endMs + 40)
  })

  test('knows no units', () => {
    const input = inputOf(synth({ bursts: evenly(5, 100e-6) }))
    const louder = { ...input, filtered: input.filtered.map((value) => value * 2 ** 20) }
    expect(detect(louder)?.runs).toEqual(detect(input)?.runs as Run[])
    expect(contractions(input)).toHaveLength(5)
  })

  test('is not led astray by one artefact', () => {
    const samples = synth({ bursts: evenly(5, 100e-6) })
    samples[30_000] = 20e-3
    const long = contractions(inputOf(samples)).filter(({ start, end }) => end - start > 1500)
    expect(long).toHaveLength(5)
  })

  test('finds runs in order, apart from each other, none inside a gap', () => {
    const dropouts = [
      { startMs: 3500, endMs: 3530, value: 0 },
      { startMs: 4000, endMs: 4200, value: 1e-5 },
      { startMs: 6900, endMs: 8100, value: 0 },
      { startMs: 20_000, endMs: 20_030, value: 0 },
    ]
    const samples = synth({ bursts: evenly(10, 100e-6), dropouts })
    samples[13_500] = Number.NaN
    const input = inputOf(samples)
    const runs = detect(input)?.runs as Run[]
    expect(runs.length).toBeGreaterThan(10)
    let free = 0
    for (const { start, end } of runs) {
      expect(start).toBeGreaterThanOrEqual(free)
      expect(end).toBeGreaterThan(start)
      expect(input.gaps.mask?.subarray(start, end).includes(1)).toBe(false)
      free = end + 1
    }
    expect(free).toBeLessThanOrEqual(samples.length + 1)
    // One that a long gap hides the beginning of is there from the end of the gap.
    const hidden = contractions(input).find(({ start }) => start >= 8000 && start < 8500)
    expect(hidden?.start).toBeWithin(8100, 8150)
  })

  test('finds one at the first sample and one at the last', () => {
    const bursts = [
      { startMs: 0, endMs: 2000, rms: 100e-6 },
      { startMs: 58_000, endMs: 60_000, rms: 100e-6 },
    ]
    const runs = contractions(inputOf(synth({ bursts })))
    expect(runs).toHaveLength(2)
    expect(runs[0]?.start).toBeLessThan(25)
    expect(runs[1]?.end).toBeGreaterThan(59_975)
  })

  test('knows no rest where there are no samples, one, too few, or only gaps', () => {
    const of = (filtered: Float64Array, gaps = noGaps) =>
      detect({ filtered, envelope: filtered, activated: null, gaps, rate: RATE })
    expect(of(new Float64Array(0))).toBeNull()
    expect(of(Float64Array.of(1e-3))).toBeNull()
    expect(of(synth().subarray(0, 200))).toBeNull()
    const masked = { ...noGaps, mask: new Uint8Array(60_000).fill(1) }
    expect(of(synth(), masked)).toBeNull()
  })

  test('knows no rest where it is silent, or no number', () => {
    const of = (filtered: Float64Array) =>
      detect({ filtered, envelope: filtered, activated: null, gaps: noGaps, rate: RATE })
    expect(of(new Float64Array(10_000))).toBeNull()
    expect(of(new Float64Array(10_000).fill(Number.NaN))).toBeNull()
  })
})

test('a shorter window of Bonato cannot ask for more pairs than it has', () => {
  const options = { ...bonato.defaults, windowCount: 3, leastCount: 4 }
  expect(v.is(bonato.parameters, options)).toBe(false)
})

test('of Bonato, white noise passes the first threshold as often as stated', () => {
  // Without a minimum on time, and with windows of one pair, active pairs are those above the threshold.
  const falseAlarm = 0.05
  const options = { ...bonato.defaults, falseAlarm, windowCount: 1, leastCount: 1, minimumOnMs: 0 }
  let active = 0
  let all = 0
  for (let seed = 1; seed <= 10; seed++) {
    const input = inputOf(synth({ seed }))
    for (const { start, end } of bonato.detect(input, options)?.runs ?? []) active += end - start
    all += input.filtered.length
  }
  expect(active / all).toBeWithin(0.045, 0.055)
})

test.each([
  [threshold, threshold.defaults],
  [tkeo, { ...tkeo.defaults, restWindowMs: 1 }],
  [hodgesBui, { ...hodgesBui.defaults, restWindowMs: 1 }],
])(
  '$id takes a corner above half the rate for the highest there is, and finds nothing where it cannot filter',
  ({ detect }, parameters) => {
    const of = (length: number): DetectorInput => ({
      filtered: Float64Array.from({ length }, (_, i) => Math.sin(i) * (i % 2000 < 1000 ? 1e-6 : 1e-4)),
      envelope: new Float64Array(length),
      activated: null,
      gaps: withoutGaps(length),
      rate: RATE,
    })
    expect(detect(of(8000), { ...parameters, cutoffHz: 1e6 })).not.toBeNull()
    expect(detect(of(5), { ...parameters, order: 10 })).toBeNull()
  },
)
