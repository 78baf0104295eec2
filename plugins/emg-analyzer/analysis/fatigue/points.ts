/** What fatigue is read from: figures of each contraction, or of windows within them. */
import { type Run, solidParts } from '../conditioning/gaps.ts'
import type { Signals } from '../conditioning/signals.ts'
import { rms } from '../metrics/amplitude.ts'
import { measureOf } from '../metrics/evaluate.ts'
import type { Measure } from '../metrics/measure.ts'
import { dimitrovIndex, meanFrequency } from '../metrics/spectral.ts'
import type { FatiguePoint } from '../schema.ts'
import { medianFrequencies } from './compression.ts'
import { distributionOf } from './distribution.ts'

/** A run that spectra are taken of, and the part of it that its amplitude is. */
interface Window extends Run {
  readonly core: Run
}

const whole = (run: Run): Window => ({ ...run, core: run })

/**
 * Windows of as many segments as fit, each of which begins a step after the last of the one before, gaps left out:
 * no two share a segment. Windows that did would be alike, and any slope through them look certain.
 */
function windowsIn(runs: readonly Run[], { segment, step }: Measure, samples: number): Window[] {
  const segments = Math.max(1, Math.floor((samples - segment) / step) + 1)
  const length = (segments - 1) * step + segment
  const rim = (segment - step) >> 1
  return runs.flatMap(({ start, end }) =>
    Array.from(
      { length: Math.max(0, Math.floor((end - start - length) / (segments * step)) + 1) },
      (_, i) => {
        const from = start + i * segments * step
        const core = { start: from + rim, end: from + rim + segments * step }
        return { start: from, end: from + length, core }
      },
    ),
  )
}

/** The figures of each run that has a spectrum. */
function pointsOf(windows: readonly Window[], measure: Measure, rate: number): FatiguePoint[] {
  const found = windows.flatMap((window) => {
    const stretch = measure.over([window])
    const { spectrum } = stretch.spectrum()
    const [mean, index, amplitude] = [
      measureOf(meanFrequency, stretch),
      measureOf(dimitrovIndex, stretch),
      measureOf(rms, measure.over([window.core])),
    ]
    if (!spectrum || typeof mean !== 'number' || typeof index !== 'number' || typeof amplitude !== 'number') {
      return []
    }
    const atMs = (((window.start + window.end) / 2) * 1000) / rate
    return [{ spectrum, point: { atMs, meanFrequency: mean, rms: amplitude, dimitrovIndex: index } }]
  })
  const band = measure.reading.band ?? ([rate / measure.segment, rate / 2] as const)
  const medians = medianFrequencies(
    found.map(({ point }) => point.atMs / 1000),
    found.map(({ spectrum }) => distributionOf(spectrum, measure.passed, band)),
    band,
  )
  return found.map(({ point }, i) => ({ ...point, medianFrequency: medians[i] as number }))
}

export interface FatigueBasis {
  readonly basis: 'contractions' | 'windows' | 'recording'
  readonly points: readonly FatiguePoint[]
}

/**
 * Contractions where there are enough; else windows within them, as a sustained contraction needs; else, where no
 * contraction was found, windows of the whole recording, which may be rest.
 */
export function fatiguePoints(
  { rate, gaps, raw }: Signals,
  contractions: readonly Run[],
  measure: Measure,
  { minimumCount, windowMs }: { readonly minimumCount: number; readonly windowMs: number },
): FatigueBasis {
  if (contractions.length >= minimumCount) {
    const points = pointsOf(contractions.map(whole), measure, rate)
    if (points.length >= minimumCount) return { basis: 'contractions', points }
  }
  const within = contractions.length > 0 ? contractions : [{ start: 0, end: raw.length }]
  const solid = within.flatMap((run) => solidParts(run, gaps))
  return {
    basis: contractions.length > 0 ? 'windows' : 'recording',
    points: pointsOf(windowsIn(solid, measure, Math.round((windowMs / 1000) * rate)), measure, rate),
  }
}
