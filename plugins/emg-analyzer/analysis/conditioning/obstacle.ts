/** Why no figure can be given of a channel. */
import { dsp } from '../../../../src/sdk.ts'
import type { AnalysisParameters } from '../parameters.ts'
import { bandOf, bandPassOf } from './filters.ts'
import type { Gaps } from './gaps.ts'

/** Sizes of values beyond which their squares, summed, leave the range of numbers. */
const SMALLEST = 1e-100
const LARGEST = 1e100

/** Seconds of signal that a figure needs at least. */
const SHORTEST_S = 0.25

function largestSize(x: Float64Array, { mask }: Gaps): number {
  let most = 0
  for (let i = 0; i < x.length; i++) {
    const size = Math.abs(x[i] as number)
    if (size > most && !mask?.[i]) most = size
  }
  return most
}

/**
 * @param gaps all there are, whether or not they are left out
 * @returns a sentence's end, or null where nothing stands against it
 */
export function obstacleOf(
  x: Float64Array,
  gaps: Gaps,
  rate: number,
  parameters: AnalysisParameters,
): string | null {
  if (x.length === 0) return 'there are no samples'
  if (gaps.kept === 0) return 'it holds one value throughout, or no numbers'
  if (!parameters.gaps.mask && gaps.nonFinite > 0) {
    return `${gaps.nonFinite} of its samples are no numbers, and this preset leaves no gaps out`
  }
  if (!(rate >= parameters.minimumRateHz)) {
    return `the sampling rate of ${rate} Hz is too low for surface EMG; ${parameters.minimumRateHz} Hz is the least`
  }
  const [low, high] = bandOf(rate, parameters)
  if (Math.max(low, parameters.envelope.cutoffHz) >= high) {
    return `the sampling rate of ${rate} Hz leaves no band between ${low} and ${high} Hz to filter`
  }
  const shortest = Math.ceil(rate * SHORTEST_S)
  if (gaps.kept < shortest) {
    return `there are ${gaps.kept} samples; ${shortest} (${SHORTEST_S} s) is the least`
  }
  const extension = dsp.padLength(bandPassOf(rate, parameters))
  if (x.length <= extension) return `there are ${x.length} samples; the filter takes ${extension + 1}`
  const size = largestSize(x, gaps)
  if (size < SMALLEST || size > LARGEST) return `its values, of up to ${size}, are no amplitudes`
  return null
}
