/** The filters of an analysis, by its parameters. */
import { dsp } from '../../../../src/sdk.ts'
import type { AnalysisParameters } from '../parameters.ts'

/** Upper corner as a share of half the sampling rate: a band-pass needs some room below it. */
const HIGHEST_SHARE = 0.9

/** Corners in Hz that are left at a sampling rate. */
export function bandOf(rate: number, { bandPass }: AnalysisParameters): [number, number] {
  const { lowHz, highHz } = bandPass
  return [lowHz, highHz === null ? rate / 2 : Math.min(highHz, (HIGHEST_SHARE * rate) / 2)]
}

export function bandPassOf(rate: number, parameters: AnalysisParameters): dsp.Section[] {
  const { highHz, order, dualPassCorrection } = parameters.bandPass
  const [low, high] = bandOf(rate, parameters)
  const design: dsp.ButterworthDesign =
    highHz === null
      ? { order, kind: 'high', cutoff: low, rate }
      : { order, kind: 'band', cutoff: [low, high], rate }
  const cutoff = dualPassCorrection ? dsp.dualPassCutoff(design) : design.cutoff
  return dsp.butterworth({ ...design, cutoff })
}

/** Notches at the power line and its harmonics, as far as they lie in the band. */
export function notchesOf(rate: number, parameters: AnalysisParameters): dsp.Section[] {
  if (!parameters.notch) return []
  const { frequencyHz, harmonics, qualityFactor } = parameters.notch
  const [, high] = bandOf(rate, parameters)
  return dsp.notchHarmonics({
    fundamental: frequencyHz,
    quality: qualityFactor,
    rate,
    highestHz: Math.min(high, frequencyHz * harmonics),
  })
}
