import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { resample } from './resample.ts'

const values = [1, 4, 2, 8, 5, 7, 1, 3, 0, 2, 6, 9]

describe('resample', () => {
  // By scipy 1.17.1: scipy.signal.resample_poly(values, up, down).
  test.each([
    [
      2,
      3,
      [
        1.5574262223501711, 3.1681615506211114, 5.951119849314373, 6.389645340768525, 2.6489077412853486,
        1.3148448430722612, 1.556764297835458, 8.35600040072825,
      ],
    ],
    [
      5,
      4,
      [
        1.0006505165814368, 4.269118249948603, 1.704056452064569, 4.680273379413939, 7.845437096272863,
        5.003252582907182, 7.049145660791424, 3.4302191541663327, 0.9938515827537889, 3.0206591322158705,
        4.929834422907485e-16, 1.1690261454125204, 4.178677681766528, 8.272632348359679, 7.807079689813487,
      ],
    ],
  ])('to %d / %d is scipy’s', (up, down, expected) => {
    const resampled = resample(values, up, down)
    expect(resampled).toHaveLength(expected.length)
    for (const [i, value] of expected.entries())
      expect(Math.abs((resampled[i] as number) - value)).toBeLessThan(1e-13)
  })

  test('keeps a slow sine where it is, at any ratio', () => {
    const sineAt = (rate: number, n: number) =>
      Float64Array.from({ length: n }, (_, i) => Math.sin((2 * Math.PI * 7 * i) / rate))
    for (const [up, down] of [
      [1, 2],
      [2, 1],
      [3, 2],
      [10, 9],
      [1000, 1111],
    ] as const) {
      const resampled = resample(sineAt(1000, 2000), up, down)
      const expected = sineAt((1000 * up) / down, resampled.length)
      for (let i = resampled.length >> 2; i < (3 * resampled.length) >> 2; i++) {
        expect(Math.abs((resampled[i] as number) - (expected[i] as number))).toBeLessThan(0.005)
      }
    }
  })

  test('takes out what the lower rate cannot hold', () => {
    const fast = Float64Array.from({ length: 2000 }, (_, i) => Math.sin((2 * Math.PI * 400 * i) / 1000))
    for (const value of resample(fast, 1, 2).subarray(100, 900)) expect(Math.abs(value)).toBeLessThan(0.01)
  })

  test('reduces its ratio, and leaves equal rates alone', () => {
    expect(resample(values, 200, 300)).toEqual(resample(values, 2, 3))
    expect([...resample(values, 7, 7)]).toEqual(values)
  })

  test('is linear, and as long as it says', () => {
    const signals = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { maxLength: 80 })
    const factor = fc.integer({ min: 1, max: 12 })
    fc.assert(
      fc.property(signals, factor, factor, (x, up, down) => {
        const resampled = resample(x, up, down)
        expect(resampled).toHaveLength(Math.ceil((x.length * up) / down))
        const twice = resample(
          x.map((value, i) => 2 * value + i),
          up,
          down,
        )
        const ramp = resample(
          x.map((_, i) => i),
          up,
          down,
        )
        for (const [i, value] of twice.entries()) {
          expect(Math.abs(value - 2 * (resampled[i] as number) - (ramp[i] as number))).toBeLessThan(1e-10)
        }
      }),
    )
  })

  test('of none is none, of one sample is the filter’s middle', () => {
    expect(resample([], 1, 2)).toHaveLength(0)
    expect(resample([3], 1, 2)).toHaveLength(1)
  })

  test('a NaN reaches only what the filter does', () => {
    const x = new Float64Array(200).fill(1)
    x[100] = Number.NaN
    const lost = [...resample(x, 1, 2)].flatMap((value, i) => (Number.isNaN(value) ? [i] : []))
    expect([lost[0], lost.at(-1)]).toEqual([40, 60])
  })

  test.each([
    [0, 1],
    [1, 0],
    [-1, 1],
    [1.5, 1],
    [1, Number.NaN],
    [100_001, 100_000],
  ])('refuses %d / %d', (up, down) => {
    expect(() => resample(values, up, down)).toThrow(RangeError)
  })
})
