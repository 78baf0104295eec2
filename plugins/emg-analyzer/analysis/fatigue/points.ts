/** What fatigue is read from: figures of each contraction, or of windows within them. */
import { type Run, solidParts } from '../conditioning/gaps.ts'
import type { Signals } from '../conditioning/signals.ts'
import { rms } from '../metrics/amplitude.ts'
import { measureOf } from '../metrics/evaluate.ts'
import type { Measure } from '../metrics/measure.ts'
import { dimitrovIndex, meanFrequency, medianFrequency } from '../metrics/spectral.ts'
import type { FatiguePoint } from '../schema.ts'

/** Runs that are as long as a window in which one half overlaps the next, gaps left out. */
function windowsIn(runs: readonly Run[], signals: Signals, windowMs: number): Run[] {
  const window = Math.max(1, Math.round((windowMs / 1000) * signals.rate))
  const step = Math.max(1, window >> 1)
  const windows: Run[] = []
  for (const { start, end } of runs.flatMap((run) => solidParts(run, signals.gaps))) {
    for (let at = start; at + window <= end; at += step) windows.push({ start: at, end: at + window })
  }
  return windows
}

/** The figures of each run that has a spectrum. */
function pointsOf(runs: readonly Run[], measure: Measure, rate: number): FatiguePoint[] {
  return runs.flatMap((run) => {
    const stretch = measure.over([run])
    const [median, mean, index, amplitude] = [medianFrequency, meanFrequency, dimitrovIndex, rms].map(
      (metric) => measureOf(metric, stretch),
    )
    if (
      typeof median !== 'number' ||
      typeof mean !== 'number' ||
      typeof index !== 'number' ||
      typeof amplitude !== 'number'
    ) {
      return []
    }
    return [
      {
        atMs: (((run.start + run.end) / 2) * 1000) / rate,
        medianFrequency: median,
        meanFrequency: mean,
        rms: amplitude,
        dimitrovIndex: index,
      },
    ]
  })
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
  signals: Signals,
  contractions: readonly Run[],
  measure: Measure,
  options: { readonly minimumCount: number; readonly windowMs: number },
): FatigueBasis {
  const { rate } = signals
  const each = pointsOf(contractions, measure, rate)
  if (each.length >= options.minimumCount) return { basis: 'contractions', points: each }
  const whole = { start: 0, end: signals.raw.length }
  const within = contractions.length > 0 ? contractions : [whole]
  return {
    basis: contractions.length > 0 ? 'windows' : 'recording',
    points: pointsOf(windowsIn(within, signals, options.windowMs), measure, rate),
  }
}
