/** The quality checks that come with the plugin. */
import { baselineNoise, clipping, signalToNoise } from './amplitude.ts'
import type { QualityCheck } from './check.ts'
import { ecg } from './ecg.ts'
import { constant, dropouts, length, nonFinite } from './gaps.ts'
import { powerLine } from './power-line.ts'
import { samplingRate } from './rate.ts'
import { scale } from './scale.ts'

export const CHECKS: readonly QualityCheck[] = [
  constant,
  length,
  samplingRate,
  nonFinite,
  dropouts,
  clipping,
  scale,
  signalToNoise,
  baselineNoise,
  powerLine,
  ecg,
]
