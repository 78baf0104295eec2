/** The power spectrum of stretches that gaps or rest part from each other. */
import type { dsp } from '../../../../src/sdk.ts'
import type { Run } from './gaps.ts'

/**
 * The mean of the spectra of the parts, weighed by how many segments each holds.
 *
 * @returns null when none is as long as a segment
 */
export function spectrumOver(
  x: Float64Array,
  parts: readonly Run[],
  welch: dsp.WelchEstimator,
): dsp.Spectrum | null {
  const { segment, step } = welch
  let sum: Float64Array | null = null
  let count = 0
  let resolution = 0
  for (const { start, end } of parts) {
    const spectrum = welch.estimate(x, start, end)
    if (!spectrum) continue
    const segments = Math.floor((end - start - segment) / step) + 1
    if (parts.length === 1) return spectrum
    sum ??= new Float64Array(spectrum.power.length)
    for (let k = 0; k < sum.length; k++) {
      sum[k] = (sum[k] as number) + (spectrum.power[k] as number) * segments
    }
    count += segments
    resolution = spectrum.resolution
  }
  if (!sum) return null
  for (let k = 0; k < sum.length; k++) sum[k] = (sum[k] as number) / count
  return { power: sum, resolution }
}
