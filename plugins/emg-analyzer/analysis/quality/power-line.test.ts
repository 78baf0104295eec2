/** Hum of known size, and none where there is none. */
import { describe, expect, test } from 'bun:test'
import { analyze, evenly, synth } from '../fixtures.ts'
import type { Harmonic } from './power-line.ts'

interface Details {
  readonly fundamentalHz: number | null
  readonly harmonics: readonly Harmonic[]
  readonly powerPercent: number
}

const lineOf = (samples: Float64Array, rate: number) => {
  const { quality } = analyze(samples, { rate })
  const found = quality.checks.powerLine
  const reason = quality.reasons.find(({ check }) => check === 'powerLine')
  return { ...found, details: found?.details as Details, message: reason?.message }
}

const bursts = evenly(5, 5000, 2500, 100e-6)
const RATES = [500, 990, 1000, 2000]

describe.each([50, 60] as const)('hum of %i Hz', (humHz) => {
  test.each(RATES)('is told by its frequency and its amplitudes, at %i Hz', (rate) => {
    for (let seed = 0; seed < 5; seed++) {
      const { samples } = synth({ seed, rate, bursts, hum: 20e-6, humHz, humHarmonics: [0, 12e-6] })
      const { details, value, message } = lineOf(samples, rate)
      const [first, second, third] = details.harmonics
      expect(details.fundamentalHz).toBe(humHz)
      expect([first?.hz, second?.hz, third?.hz]).toEqual([humHz, 2 * humHz, 3 * humHz])
      // 20 µV over 4 µV of noise that 430 Hz share: some 30 dB within 2 Hz.
      expect(value).toBeWithin(22, 36)
      expect((first?.amplitude as number) / 20e-6).toBeWithin(0.95, 1.05)
      expect((third?.amplitude as number) / 12e-6).toBeWithin(0.9, 1.1)
      expect(second?.db).toBeLessThan(10)
      // Together 16.5 µV RMS.
      expect(message).toMatch(new RegExp(`Hum of 16\\.\\d µV RMS from the power line at ${humHz} Hz is`))
    }
  })
})

test('hum as small as the noise is still found, and lowers no verdict', () => {
  const { details, status } = lineOf(synth({ bursts, hum: 6e-6 }).samples, 1000)
  expect(details.fundamentalHz).toBe(50)
  expect(status).toBe('good')
})

test('hum of half of the power is poor', () => {
  const { details, status } = lineOf(synth({ bursts, hum: 100e-6 }).samples, 1000)
  // 100 µV are 71 µV RMS; bursts of 100 µV RMS fill 12.5 of 30 s, so that all of the EMG is 65 µV RMS.
  expect(details.powerPercent).toBeWithin(50, 58)
  expect(status).toBe('poor')
})

test('clean EMG has no line, with bursts and without, long and short', () => {
  for (const rate of RATES) {
    for (const [durationS, some] of [
      [5, []],
      [30, []],
      [30, bursts],
    ] as const) {
      for (let seed = 0; seed < 20; seed++) {
        const { details, status } = lineOf(synth({ seed, rate, durationS, bursts: some }).samples, rate)
        expect({ status, hz: details.fundamentalHz }).toEqual({ status: 'good', hz: null })
      }
    }
  }
})

test('a line at 120 Hz alone, as of a camera’s strobe, is not the power line', () => {
  const { samples } = synth({ bursts, humHz: 60, humHarmonics: [50e-6] })
  expect(lineOf(samples, 1000).details).toMatchObject({ fundamentalHz: null, powerPercent: 0 })
})

test('what is too short to tell says so', () => {
  const { quality } = analyze(synth({ durationS: 1.5 }).samples)
  expect(quality.checks.powerLine).toMatchObject({
    status: 'unknown',
    value: null,
    reason: 'Too short to tell the power line.',
  })
})
