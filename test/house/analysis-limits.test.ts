/** The limits that docs/analysis.md names are those there are. */
import { expect, test } from 'bun:test'
import { synthesiseEmg } from '../../plugins/c3d-reader/samples/index.ts'
import type { ParameterOverrides } from '../../plugins/emg-analyzer/analysis/index.ts'
import type { ChannelAnalysis } from '../../plugins/emg-analyzer/index.ts'
import { analyze, planOf } from '../support/analysis.ts'
import { recordingOf } from './pages/recording.ts'

const RATE = 1000
const SECONDS = 50
const REST_RMS = 3e-6
const BURSTS = Array.from({ length: 12 }, (_, i) => ({
  startMs: 1000 + i * 4000,
  endMs: 3000 + i * 4000,
  rms: 150e-6,
}))
const spec = { seed: 1, rate: RATE, durationS: SECONDS, baselineRms: REST_RMS, bursts: BURSTS }
const emg = synthesiseEmg(spec).samples

function analysisOf(samples: Float64Array, overrides: ParameterOverrides = {}, rate = RATE): ChannelAnalysis {
  const recording = recordingOf(samples, rate)
  return analyze(recording, planOf('clinical', overrides)).channels[0] as ChannelAnalysis
}

const isActive = (i: number): boolean => BURSTS.some(({ startMs, endMs }) => i >= startMs && i < endMs)

test('without the limits, all is found', () => {
  const { contractions, quality } = analysisOf(emg)
  expect([contractions.length, quality.verdict]).toEqual([12, 'good'])
})

test('rest of one exact value is a dropout, unless gaps are not left out', () => {
  const silent = emg.map((value, i) => (isActive(i) ? value : 0))
  const { contractions, quality } = analysisOf(silent)
  expect([contractions.length, quality.verdict]).toEqual([0, 'poor'])
  const unmasked = analysisOf(silent, { gaps: { mask: false } }).contractions
  for (const [i, { startMs, endMs }] of BURSTS.entries()) {
    expect(unmasked[i]?.startMs).toBeWithin(startMs - 50, startMs + 50)
    expect(unmasked[i]?.endMs).toBeWithin(endMs - 50, endMs + 50)
  }
  for (const method of ['hodges-bui', 'bonato', 'tkeo']) {
    const [first] = analysisOf(silent, { gaps: { mask: false }, detection: { method } }).contractions
    expect(first?.startMs).toBeLessThan(500)
  }
})

test('rest in steps of twice its RMS has dropouts, of three times no contraction; a longer dropout helps', () => {
  const stored = (step: number) => emg.map((value) => Math.round(value / step) * step)
  const coarse = analysisOf(stored(2 * REST_RMS))
  expect([coarse.contractions.length, coarse.quality.dropouts.count > 10]).toEqual([12, true])
  const coarser = stored(3.3 * REST_RMS)
  expect(analysisOf(coarser).contractions).toEqual([])
  expect(analysisOf(coarser, { gaps: { dropoutMs: 100 } }).contractions).toHaveLength(12)
})

test.each([
  [0.025, 12_000, 0],
  [0.1, 6000, 10],
  [0.1, 12_000, 5],
])('with a share of %d of rest, one contraction every %d ms: %d are found', (share, every, expected) => {
  const rest = every * share
  const bursts = Array.from({ length: 60_000 / every }, (_, i) => ({
    startMs: i * every + rest / 2,
    endMs: (i + 1) * every - rest / 2,
    rms: 50e-6,
  }))
  const { samples } = synthesiseEmg({ ...spec, durationS: 60, bursts })
  for (const method of ['threshold', 'hodges-bui', 'bonato', 'tkeo']) {
    const { contractions } = analysisOf(samples, { detection: { method } })
    const whole = contractions.filter(({ durationMs }) => Math.abs(durationMs - every + rest) < 150)
    expect([method, whole.length]).toEqual([method, expected])
  }
})

test('under 400 Hz there is no frequency and no fatigue, under 200 Hz no figure', () => {
  const slow = analysisOf(emg, {}, 399)
  expect(slow.metrics.rms?.value).toBeGreaterThan(0)
  expect([slow.metrics.medianFrequency?.value, slow.fatigue?.valid]).toEqual([null, false])
  expect(analysisOf(emg, {}, 400).metrics.medianFrequency?.value).toBeGreaterThan(0)
  const slower = analysisOf(emg, {}, 199)
  expect(Object.values(slower.metrics).every(({ value }) => value === null)).toBe(true)
  expect(slower.contractions).toEqual([])
})
