/** Heartbeats of known rate, and none where there is none. */
import { describe, expect, test } from 'bun:test'
import { sampleRecordings } from '../../../c3d-reader/samples/index.ts'
import { analyze, evenly, synth } from '../fixtures.ts'
import type { Heartbeat } from './heartbeat.ts'

const ecgOf = (samples: Float64Array, rate = 1000) => {
  const { quality } = analyze(samples, { rate })
  const found = quality.checks.ecg
  const reason = quality.reasons.find(({ check }) => check === 'ecg')
  return { ...found, heartbeat: found?.details as Heartbeat | undefined, message: reason?.message }
}

const dropouts = [9500, 18_500].map((startMs) => ({ startMs, endMs: startMs + 270, value: -5.5e-3 }))

describe.each([
  ['at rest', []],
  ['between contractions of 2.5 s', evenly(6, 5000, 2500, 100e-6)],
] as const)('heartbeats %s', (_, bursts) => {
  test.each([60, 75, 90, 120])('are found at %i a minute, within 3 of a hundred', (perMinute) => {
    for (const amplitude of [50e-6, 150e-6, 300e-6]) {
      for (const [seed, rate] of [500, 990, 1000, 2000].entries()) {
        const { samples, truth } = synth({
          seed,
          rate,
          durationS: 32,
          bursts,
          heart: { perMinute, amplitude },
        })
        const { value, heartbeat } = ecgOf(samples, rate)
        expect((value ?? 0) / perMinute).toBeWithin(0.97, 1.03)
        expect(heartbeat?.beats).toBeLessThanOrEqual((truth.heart?.beatsMs.length as number) + 1)
      }
    }
  })
})

test('heartbeats across dropouts and hum are found', () => {
  const heart = { perMinute: 70, amplitude: 200e-6 }
  expect(ecgOf(synth({ dropouts, hum: 10e-6, heart }).samples).value).toBeWithin(68, 72)
})

test('weak heartbeats make a channel usable, with what helps', () => {
  const { status, message } = ecgOf(synth({ heart: { perMinute: 72, amplitude: 50e-6 } }).samples)
  expect(status).toBe('usable')
  expect(message).toBe('Heartbeats show at 72 a minute: raise the lower corner to 30 Hz.')
})

test('heartbeats that were taken for contractions make a channel poor', () => {
  const { quality, contractions } = analyze(synth({ heart: { perMinute: 72, amplitude: 300e-6 } }).samples)
  expect(contractions.length).toBeGreaterThan(20)
  expect(quality.verdict).toBe('poor')
  const taken = (quality.checks.ecg?.details as Heartbeat | undefined)?.takenForContractions
  expect(taken).toBe(contractions.length)
  expect(quality.reasons.find(({ check }) => check === 'ecg')?.message).toBe(
    `Heartbeats show at 72 a minute, and ${taken} contractions are nothing else: raise the lower corner to 30 Hz.`,
  )
})

test('a contraction with heartbeats in it is a contraction', () => {
  const bursts = evenly(4, 6000, 3000, 200e-6)
  const { heartbeat } = ecgOf(synth({ bursts, heart: { perMinute: 72, amplitude: 60e-6 } }).samples)
  expect(heartbeat?.takenForContractions).toBe(0)
})

describe('none are found', () => {
  test.each([
    ['at rest', {}],
    ['with contractions', { bursts: evenly(6, 4500, 2000, 100e-6) }],
    ['with hum', { hum: 30e-6, bursts: evenly(6, 4500, 2000, 100e-6) }],
    ['with dropouts', { dropouts }],
    ['with short twitches, as regular as a heart', { bursts: evenly(30, 900, 150, 100e-6) }],
    ['with steps, as regular as a heart', { bursts: evenly(25, 1100, 300, 100e-6) }],
  ])('in 20 channels %s', (_, what) => {
    for (let seed = 0; seed < 20; seed++) {
      const rate = [500, 990, 1000, 2000][seed % 4] as number
      const { value, status } = ecgOf(synth({ seed, rate, ...what }).samples, rate)
      expect({ value, status }).toEqual({ value: null, status: 'good' })
    }
  })

  test('in a sample of gait', () => {
    const gait = sampleRecordings().find(({ fileName }) => fileName === 'gait.c3d')
    expect(gait?.truth).toHaveLength(8)
    for (const { bursts, baselineRms, durationS } of gait?.truth ?? []) {
      expect(ecgOf(synth({ durationS, baselineRms, bursts }).samples).value).toBeNull()
    }
  })
})
