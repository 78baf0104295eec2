import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { stft } from './stft.ts'

const options = { rate: 1000, frame: 100, hop: 50 }

describe('stft', () => {
  test('tells when a tone changes', () => {
    const x = Float64Array.from({ length: 1000 }, (_, i) =>
      Math.sin((2 * Math.PI * (i < 500 ? 50 : 200) * i) / 1000),
    )
    const { times, power, resolution } = stft(x, options)
    expect([times[0], times[1], times.at(-1)]).toEqual([0.05, 0.1, 0.95])
    for (const [i, frame] of power.entries()) {
      const peak = frame.indexOf(Math.max(...frame)) * resolution
      if ((times[i] as number) !== 0.5) expect(peak).toBe((times[i] as number) < 0.5 ? 50 : 200)
    }
  })

  test('each frame holds the power of its samples (Parseval)', () => {
    const x = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 200 })
    const whole = fc.integer({ min: 1, max: 60 })
    fc.assert(
      fc.property(x, whole, whole, (values, frame, hop) => {
        const signal = Float64Array.from(values)
        const { power, times, resolution } = stft(signal, {
          rate: 500,
          frame,
          hop,
          taper: 'rectangular',
          detrend: 'none',
        })
        expect(times).toHaveLength(power.length)
        expect(power).toHaveLength(values.length < frame ? 0 : Math.floor((values.length - frame) / hop) + 1)
        for (const [i, each] of power.entries()) {
          const samples = signal.subarray(i * hop, i * hop + frame)
          const expected = samples.reduce((sum, value) => sum + value * value, 0) / frame
          expect(each.reduce((sum, value) => sum + value, 0) * resolution).toBeCloseTo(expected, 12)
        }
      }),
    )
  })

  test('of a constant has no power, unless its mean is kept', () => {
    const x = new Float64Array(100).fill(2)
    expect(Math.max(...(stft(x, options).power[0] as Float64Array))).toBe(0)
    const kept = stft(x, { ...options, detrend: 'none', scaling: 'spectrum' }).power[0] as Float64Array
    expect(kept[0] as number).toBeCloseTo(4, 12)
  })

  test('has no frames when there are fewer samples than one takes', () => {
    for (const n of [0, 1, 99]) expect(stft(new Float64Array(n), options).power).toEqual([])
    expect(stft(new Float64Array(100), options).power).toHaveLength(1)
    expect(stft(new Float64Array(10), { ...options, frame: 2 ** 52 }).times).toHaveLength(0)
  })

  test('a NaN reaches the frames that hold it, and no other', () => {
    const x = Float64Array.from({ length: 400 }, (_, i) => Math.sin(i))
    x[120] = Number.NaN
    const lost = stft(x, options).power.map((frame) => frame.some(Number.isNaN))
    expect(lost).toEqual([false, true, true, false, false, false, false])
  })

  test.each([
    ['no frame', { ...options, frame: 0 }],
    ['half a frame', { ...options, frame: 1.5 }],
    ['no hop', { ...options, hop: 0 }],
    ['no rate', { ...options, rate: 0 }],
    ['a rate that is no number', { ...options, rate: Number.NaN }],
  ])('refuses %s', (_, refused) => {
    expect(() => stft(new Float64Array(200), refused)).toThrow(RangeError)
  })
})
