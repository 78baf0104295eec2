/** Clipping, signal to noise, noise at rest and scale against what was put in. */
import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { findGaps, withoutGaps } from '../conditioning/gaps.ts'
import { analyze, evenly, synth } from '../fixtures.ts'
import { countClipped } from './clipping.ts'
import { shownVolts } from './levels.ts'

const bursts = evenly(5, 5000, 2500, 100e-6)
const RATES = [500, 990, 1000, 2000]
const messageOf = ({ quality }: ReturnType<typeof analyze>, id: string): string | undefined =>
  quality.reasons.find(({ check }) => check === id)?.message

describe('clipping', () => {
  test.each(RATES)(
    'is found to a tenth of its size, heavy or slight, with an offset or without, at %i Hz',
    (rate) => {
      for (const rail of [100e-6, 150e-6, 200e-6, 250e-6]) {
        for (const shift of [0, 1e-3]) {
          const { samples, truth } = synth({ seed: 3, rate, bursts, rail })
          const { quality } = analyze(
            samples.map((value) => value + shift),
            { rate },
          )
          expect(quality.clippedPercent / (truth.clipping?.percent as number)).toBeWithin(0.9, 1.1)
          expect(quality.checks.clipping?.value).toBe(quality.clippedPercent)
        }
      }
    },
  )

  test('at one rail only is found', () => {
    const { samples } = synth({ bursts })
    const cut = samples.map((value) => Math.min(value, 200e-6))
    const percent = (100 * samples.filter((value) => value > 200e-6).length) / samples.length
    expect(analyze(cut).quality.clippedPercent / percent).toBeWithin(0.9, 1.1)
  })

  test('is told with the rails from which on samples are clipped', () => {
    const { samples } = synth({ bursts })
    const clippingOf = (x: Float64Array) => analyze(x).quality.checks.clipping
    const cut = samples.map((value) => Math.min(value, 200e-6))
    const rails = clippingOf(cut)?.details as Record<string, number | null> | undefined
    expect(rails?.lower).toBeNull()
    expect(rails?.upper).toBeWithin(197e-6, 200e-6)
    expect(clippingOf(samples)?.details).toBeUndefined()
  })

  test('of 1 % and more is poor, of less usable, and told', () => {
    const heavy = analyze(synth({ bursts, rail: 150e-6 }).samples)
    expect(heavy.quality.checks.clipping?.status).toBe('poor')
    expect(messageOf(heavy, 'clipping')).toMatch(
      /^[45]\.\d\d % of the samples are clipped: amplitudes are lower bounds\.$/,
    )
    expect(analyze(synth({ bursts, rail: 250e-6 }).samples).quality.checks.clipping?.status).toBe('usable')
  })

  test('is not found in EMG, quantised or not, nor in a slow wave', () => {
    for (let seed = 0; seed < 20; seed++) {
      const rate = RATES[seed % 4] as number
      const { samples } = synth({ seed, rate, bursts })
      for (const step of [0, 0.5e-6, 5e-6]) {
        const kept = step === 0 ? samples : samples.map((value) => Math.round(value / step) * step)
        expect(countClipped(kept, withoutGaps(kept.length))).toBe(0)
      }
    }
    for (const hz of [0.1, 1, 7.3]) {
      const wave = Float64Array.from({ length: 20_000 }, (_, i) => Math.sin((2 * Math.PI * hz * i) / 1000))
      expect(countClipped(wave, withoutGaps(wave.length))).toBe(0)
    }
  })

  test('does not count dropouts at the rail', () => {
    const { samples } = synth({ bursts, dropouts: [{ startMs: 4000, endMs: 4270, value: -5.5e-3 }] })
    expect(countClipped(samples, findGaps(samples, 20))).toBe(0)
  })

  test('does not depend on scale, and counts as much upside down', () => {
    const { samples } = synth({ durationS: 10, bursts: evenly(2, 4000, 2000, 100e-6), rail: 180e-6 })
    const count = countClipped(samples, withoutGaps(samples.length))
    expect(count).toBeGreaterThan(50)
    fc.assert(
      fc.property(fc.integer({ min: -40, max: 40 }), fc.boolean(), (power, flipped) => {
        const factor = (flipped ? -1 : 1) * 2 ** power
        const scaled = samples.map((value) => value * factor)
        expect(countClipped(scaled, withoutGaps(scaled.length))).toBe(count)
      }),
      { numRuns: 30 },
    )
  })

  test('of any samples is at most all of them', () => {
    fc.assert(
      fc.property(fc.array(fc.double(), { maxLength: 100 }), (values) => {
        const x = Float64Array.from(values)
        const gaps = findGaps(x, 20)
        expect(countClipped(x, gaps)).toBeWithin(0, gaps.kept + 1)
      }),
    )
  })
})

describe('signal to noise and noise at rest', () => {
  test.each(RATES)('are those that were put in, within 1 dB and a tenth, at %i Hz', (rate) => {
    for (const [seed, baselineRms] of [1e-6, 4e-6, 8e-6].entries()) {
      const { samples, truth } = synth({ seed, rate, bursts, baselineRms })
      const { checks } = analyze(samples, { rate }).quality
      expect((checks.signalToNoise?.value as number) - (truth.bursts[0]?.snrDb as number)).toBeWithin(-1, 1)
      expect((checks.baselineNoise?.value as number) / baselineRms).toBeWithin(0.9, 1.1)
      expect([checks.signalToNoise?.status, checks.baselineNoise?.status]).toEqual(['good', 'good'])
    }
  })

  test('noise at rest is that of two minutes of nothing else, too', () => {
    for (let seed = 0; seed < 5; seed++) {
      const { checks } = analyze(synth({ seed, durationS: 120 }).samples).quality
      expect((checks.baselineNoise?.value as number) / 5e-6).toBeWithin(0.9, 1.1)
      expect(checks.signalToNoise).toMatchObject({
        status: 'usable',
        value: null,
        reason:
          'No contraction was found: the muscle was at rest or active throughout, or its electrode picked up nothing.',
      })
    }
  })

  test('a contraction that hardly stands out is told', () => {
    const channel = analyze(synth({ baselineRms: 30e-6, bursts: evenly(5, 5000, 2500, 120e-6) }).samples)
    expect(channel.quality.checks.signalToNoise?.status).toBe('usable')
    expect(messageOf(channel, 'signalToNoise')).toMatch(/^Contractions stand only 1[12]\.\d dB above rest\.$/)
    expect(messageOf(channel, 'baselineNoise')).toMatch(
      /^Rest has (29|30)(\.\d)? µV RMS; under 5 µV is usual\.$/,
    )
  })

  test('noise that may as well be activity without a pause is not called rest', () => {
    const channel = analyze(synth({ baselineRms: 80e-6 }).samples)
    expect(channel.contractions).toEqual([])
    expect(channel.quality.checks.baselineNoise?.status).toBe('usable')
    expect(messageOf(channel, 'baselineNoise')).toMatch(
      /^Even the quietest half second has .* noise, or no rest/,
    )
  })

  test('between strides there is no rest to judge', () => {
    const strides = Array.from({ length: 26 }, (_, i) => ({
      startMs: 100 + i * 1100,
      endMs: 700 + i * 1100,
      rms: 1e-4,
    }))
    const channel = analyze(synth({ durationS: 28.5, bursts: strides }).samples)
    expect(channel.contractions).toHaveLength(26)
    expect(channel.quality.checks.signalToNoise).toMatchObject({
      status: 'unknown',
      value: null,
      reason: 'A contraction and half a second of rest were not both seen.',
    })
  })
})

describe('scale', () => {
  const scaled = (factor: number, unit: string | null = 'V') =>
    analyze(
      synth({ bursts }).samples.map((value) => value * factor),
      { unit },
    )

  test('is good for what can be EMG at the skin, in any unit', () => {
    expect(scaled(1).quality).toMatchObject({
      verdict: 'good',
      checks: { scale: { status: 'good', unit: 'V' } },
    })
    expect(scaled(1e3, 'mV').quality.checks.scale).toMatchObject({ status: 'good', unit: 'mV' })
    expect(scaled(1e6, 'µV').quality.checks.scale).toMatchObject({ status: 'good', unit: 'µV' })
  })

  test('says that unit or gain are wrong, and then judges no noise in microvolts', () => {
    const amplified = scaled(1000)
    expect(amplified.quality.checks.scale?.status).toBe('usable')
    expect(messageOf(amplified, 'scale')).toMatch(
      /^9\d\.\d mV RMS is stated, but no EMG at the skin exceeds 5 mV: the unit is wrong, or a gain was not taken out\.$/,
    )
    expect(amplified.quality.checks.baselineNoise).toMatchObject({
      status: 'unknown',
      value: expect.any(Number),
    })
    expect(amplified.quality.checks.signalToNoise?.status).toBe('good')
    expect(messageOf(scaled(1e-4), 'scale')).toMatch(
      /^0\.00\d+ µV RMS is stated, but no electrode is as quiet: /,
    )
  })

  test('shows volts in the unit in which they read best', () => {
    expect([4.25e-6, 3.2e-8, 448e-6, 1.2e-3, 12, 0].map(shownVolts)).toEqual([
      '4.25 µV',
      '0.032 µV',
      '448 µV',
      '1.2 mV',
      '12 V',
      '0 µV',
    ])
  })
})
