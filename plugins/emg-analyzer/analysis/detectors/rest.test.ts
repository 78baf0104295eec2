import { describe, expect, test } from 'bun:test'
import { dsp } from '../../../../src/sdk.ts'
import { whiteNoise } from '../../../c3d-reader/samples/random.ts'
import { findGaps, type Run } from '../conditioning/gaps.ts'
import { findRest, REST_DEFAULTS, restStatistics } from './rest.ts'
import { whiten } from './whiten.ts'

const noGaps = findGaps(new Float64Array(0), 1)

describe('findRest', () => {
  test('takes nearly all of steady noise, so that rest is not made quieter than it is', () => {
    const x = whiteNoise(1, 60_000)
    const rest = findRest(x, noGaps, 1000, REST_DEFAULTS) as Run[]
    expect(rest).toHaveLength(240)
    expect(restStatistics(x, rest).sd).toBeWithin(0.98, 1.02)
  })

  test('leaves out what is loud, and windows that touch a gap', () => {
    const x = whiteNoise(2, 10_000).map((value, i) => (i >= 4000 && i < 9000 ? 10 * value : value))
    const mask = new Uint8Array(10_000)
    mask[600] = 1
    const rest = findRest(x, { ...noGaps, mask }, 1000, REST_DEFAULTS) as Run[]
    expect(rest.every(({ end, start }) => end <= 4000 || start >= 9000)).toBe(true)
    expect(rest.some(({ start, end }) => start <= 600 && end > 600)).toBe(false)
    expect(rest).toHaveLength(19)
  })
})

describe('whiten', () => {
  test('makes coloured noise white, of the variance that it was made from', () => {
    const noise = whiteNoise(3, 50_000)
    const coloured = new Float64Array(noise.length)
    for (let i = 0; i < noise.length; i++) {
      coloured[i] = (noise[i] as number) + 1.2 * (coloured[i - 1] ?? 0) - 0.7 * (coloured[i - 2] ?? 0)
    }
    const white = whiten(coloured, [{ start: 0, end: 50_000 }], 4) as Float64Array
    expect(dsp.rms(white)).toBeWithin(0.98, 1.02)
    for (const lag of [1, 2, 3, 10]) {
      let product = 0
      for (let i = lag; i < white.length; i++) product += (white[i] as number) * (white[i - lag] as number)
      expect(Math.abs(product / white.length)).toBeLessThan(0.02)
    }
  })

  test('of silence is nothing', () => {
    expect(whiten(new Float64Array(100), [{ start: 0, end: 100 }], 4)).toBeNull()
  })
})
