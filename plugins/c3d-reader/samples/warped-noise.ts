/** EMG whose spectrum is compressed or stretched as time goes on: noise that is played at another speed. */
import type { dsp } from '../../../src/sdk.ts'
import { emgNoise, emgSections, highestOf } from './emg-noise.ts'

/** Rate in Hz of the noise that is played, at least: high enough for interpolation by cubics. */
const FINE_RATE = 4000

/** Width in Hz of the steps in which power is summed. */
const STEP_HZ = 0.25

/** Power that a filter passes at a frequency. */
function powerAt(sections: readonly dsp.Section[], hz: number, rate: number): number {
  const w = (2 * Math.PI * hz) / rate
  const [c1, s1, c2, s2] = [Math.cos(w), Math.sin(w), Math.cos(2 * w), Math.sin(2 * w)]
  const size = (a: number, b: number, c: number): number =>
    (a + b * c1 + c * c2) ** 2 + (b * s1 + c * s2) ** 2
  return sections.reduce(
    (power, [b0, b1, b2, a0, a1, a2]) => (power * size(b0, b1, b2)) / size(a0, a1, a2),
    1,
  )
}

/** Median frequency in Hz of what a filter makes of white noise. */
export function medianFrequencyOf(sections: readonly dsp.Section[], rate: number): number {
  const powers = Array.from({ length: Math.floor(rate / 2 / STEP_HZ) }, (_, i) =>
    powerAt(sections, (i + 0.5) * STEP_HZ, rate),
  )
  const half = powers.reduce((sum, power) => sum + power, 0) / 2
  let before = 0
  for (const [i, power] of powers.entries()) {
    if (before + power >= half) return (i + (half - before) / power) * STEP_HZ
    before += power
  }
  throw new RangeError('the filter passes nothing')
}

/** Catmull-Rom between the samples. */
function between(x: Float64Array, position: number): number {
  const i = Math.floor(position)
  const t = position - i
  const [a, b, c, d] = [x[i - 1], x[i], x[i + 1], x[i + 2]] as [number, number, number, number]
  return b + (t / 2) * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
}

/**
 * Noise of the shape of {@link emgNoise} whose median frequency is, at each sample, the one that is asked for. All
 * of the spectrum moves with it, the corners of its band too, and nothing is folded.
 *
 * @param medianAt median frequency in Hz at a sample
 */
export function warpedNoise(
  seed: number,
  rate: number,
  length: number,
  medianAt: (sample: number) => number,
): Float64Array {
  let most = 0
  for (let i = 0; i < length; i++) most = Math.max(most, medianAt(i))
  const fine = rate * Math.ceil(FINE_RATE / rate)
  // The faster it is played the lower it has to be cut, and the cut moves the median.
  const median = (highest: number): number => medianFrequencyOf(emgSections(fine, highest), fine)
  const highest = highestOf(rate) * Math.min(1, median(highestOf(rate)) / most)
  const own = median(highest)
  const positions = new Float64Array(length)
  let position = 1
  for (let i = 0; i < length; i++) {
    positions[i] = position
    position += (medianAt(i) / own) * (fine / rate)
  }
  const noise = emgNoise(seed, fine, Math.ceil(position) + 3, highest)
  return positions.map((each) => between(noise, each))
}
