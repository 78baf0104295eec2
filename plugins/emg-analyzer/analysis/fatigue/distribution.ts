/** The power of a spectrum as a distribution over frequency, that can be read between the bins. */
import type { dsp } from '../../../../src/sdk.ts'

/** Each bin's power lies evenly from half a bin below it to half a bin above. */
export interface Distribution {
  /** Power below the lower edge of each bin; the last is that of all. */
  readonly below: Float64Array
  /** Width of a bin in Hz. */
  readonly resolution: number
}

/** @param passed share of the power that a filter has left of each bin, to be undone; null: none */
export function distributionOf(
  { power, resolution }: dsp.Spectrum,
  passed: Float64Array | null,
  [low, high]: dsp.Band,
): Distribution {
  const below = new Float64Array(power.length + 1)
  for (let k = 0; k < power.length; k++) {
    const edges = (k + 0.5) * resolution >= low && (k - 0.5) * resolution <= high
    const own = edges ? (power[k] as number) / (passed?.[k] ?? 1) : 0
    below[k + 1] = (below[k] as number) + own
  }
  return { below, resolution }
}

/** Power below a frequency. */
export function powerBelow({ below, resolution }: Distribution, hz: number): number {
  const place = Math.max(0, hz / resolution + 0.5)
  const k = Math.min(below.length - 2, Math.floor(place))
  const [from, to] = [below[k] as number, below[k + 1] as number]
  return from + Math.min(1, place - k) * (to - from)
}

/** The frequency in Hz below which some power lies: the inverse of {@link powerBelow}. */
export function frequencyAt({ below, resolution }: Distribution, power: number): number {
  let low = 0
  let high = below.length - 1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((below[middle] as number) < power) low = middle
    else high = middle
  }
  const [from, to] = [below[low] as number, below[high] as number]
  return (low + (to > from ? (power - from) / (to - from) : 0) - 0.5) * resolution
}
