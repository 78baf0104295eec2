/** The low-pass that detectors smooth a rectified signal by. */
import * as v from 'valibot'

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
export const smoothingCutoff = (cutoffHz: number, rate: number): number =>
  Math.min(cutoffHz, (HIGHEST_SHARE * rate) / 2)
