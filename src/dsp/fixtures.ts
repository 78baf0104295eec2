/** The signal of the scipy goldens, and how results are held against them. */
import { expect } from 'bun:test'
import golden from '../../test/golden/scipy.json' with { type: 'json' }
import { butterworth, sosfiltfilt } from './index.ts'

export { golden }

export const RATE = 1000

/** The input of all goldens, by the recipe in their file; the generator's product passes 2^53. */
function recipe(): Float64Array {
  let state = 12345n
  return Float64Array.from({ length: 4000 }, (_, i) => {
    state = (1103515245n * state + 12345n) % 2n ** 31n
    const t = i / RATE
    const active = (t >= 0.8 && t < 1.6) || (t >= 2.4 && t < 3.4)
    const noise = (Number(state) / 2 ** 31 - 0.5) * (active ? 1 : 0.05)
    return noise + 0.1 * Math.sin(2 * Math.PI * 50 * t) + 0.02 + 0.05 * Math.sin(2 * Math.PI * 1.2 * t)
  })
}

export const x = recipe()

/** The input after the band-pass of 20 to 450 Hz, order 4, both ways. */
export const bandPassed = sosfiltfilt(
  butterworth({ order: 4, kind: 'band', cutoff: [20, 450], rate: RATE }),
  x,
)

/** The samples that the goldens list. */
export const picked = (signal: Float64Array): number[] => golden.pick.map((i) => signal[i] as number)

/** Relative to the largest expected value, so that a value near zero is held to the scale of its signal. */
export function expectClose(actual: ArrayLike<number>, expected: readonly number[], tolerance = 1e-9): void {
  const size = Math.max(...expected.map(Math.abs))
  expect(actual).toHaveLength(expected.length)
  for (const [i, value] of expected.entries()) {
    expect(Math.abs((actual[i] as number) - value)).toBeLessThanOrEqual(tolerance * size)
  }
}
