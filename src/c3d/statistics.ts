/** Statistics of one channel's samples, in two passes so that a large mean costs the deviation nothing. */

/** Statistics of the finite samples; null where there are none. */
export interface ChannelStatistics {
  mean: number | null
  /** Standard deviation of the population. */
  std: number | null
  min: number | null
  max: number | null
  /** First and last sample; null when that sample is not finite. */
  first: number | null
  last: number | null
}

/** Samples that are NaN or infinite are left out. */
export function statistics(samples: Float64Array): ChannelStatistics {
  let count = 0
  let sum = 0
  let min = Infinity
  let max = -Infinity
  for (let i = 0; i < samples.length; i++) {
    const value = samples[i]!
    if (value - value !== 0) continue
    count++
    sum += value
    if (value < min) min = value
    if (value > max) max = value
  }
  const ends = { first: finite(samples[0]), last: finite(samples[samples.length - 1]) }
  if (count === 0) return { mean: null, std: null, min: null, max: null, ...ends }
  const mean = sum / count
  let squares = 0
  for (let i = 0; i < samples.length; i++) {
    const distance = samples[i]! - mean
    if (distance - distance === 0) squares += distance * distance
  }
  return { mean, std: Math.sqrt(squares / count), min, max, ...ends }
}

const finite = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null
