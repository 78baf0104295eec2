/** The low-pass that detectors smooth a rectified signal by. */
import * as v from 'valibot'
import { dsp } from '../../../../src/sdk.ts'

/** Highest corner as a share of half the sampling rate: beyond, a low-pass cannot be designed. */
const HIGHEST_SHARE = 0.9

/** To be spread into the parameters of a detector that smooths. */
export const SMOOTHING_PARAMETERS = {
  cutoffHz: v.pipe(
    v.number(),
    v.finite(),
    v.gtValue(0),
    v.description(
      'Corner of the low-pass of the rectified signal; 0.9 of half the sampling rate where that is lower',
    ),
  ),
  order: v.pipe(
    v.number(),
    v.integer(),
    v.minValue(1),
    v.maxValue(10),
    v.description('Of one pass of it; two are made'),
  ),
}

/** The corner in Hz that is left at a sampling rate. */
const smoothingCutoff = (cutoffHz: number, rate: number): number =>
  Math.min(cutoffHz, (HIGHEST_SHARE * rate) / 2)

/**
 * A rectified signal, smoothed.
 *
 * @param order of one pass
 * @returns null where there are fewer samples than the filter takes
 */
export function smoothRectified(
  x: Float64Array,
  rate: number,
  { cutoffHz, order }: { readonly cutoffHz: number; readonly order: number },
): Float64Array | null {
  const cutoff = smoothingCutoff(cutoffHz, rate)
  const pad = dsp.padLength(dsp.butterworth({ order, kind: 'low', cutoff, rate }))
  return x.length > pad ? dsp.linearEnvelope(x, rate, cutoff, order) : null
}
