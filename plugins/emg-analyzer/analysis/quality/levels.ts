/** Levels of a channel: RMS over stretches, and amplitudes as people read them. */
import { type Run, solidParts } from '../conditioning/gaps.ts'
import type { CheckInput } from './check.ts'

/** Root mean square over stretches together; null for no samples. */
export function rmsOver(x: Float64Array, runs: readonly Run[]): number | null {
  let squares = 0
  let n = 0
  for (const { start, end } of runs) {
    for (let i = start; i < end; i++) squares += (x[i] as number) ** 2
    n += end - start
  }
  return n > 0 ? Math.sqrt(squares / n) : null
}

/** RMS of the filtered signal in contractions, or in all of it where there is none; null where nothing is filtered. */
export function activeRms({
  signals,
  contractions,
  raw,
}: Omit<CheckInput, 'rest' | 'skinVolts'>): number | null {
  if (!signals) return null
  const runs = contractions.length > 0 ? contractions : [{ start: 0, end: raw.length }]
  return rmsOver(
    signals.clean,
    runs.flatMap((run) => solidParts(run, signals.gaps)),
  )
}

/** Volts in the unit in which they have one to three digits before the point: 4.25 µV, 0.0320 µV, 1.20 mV, 12.0 V. */
export function shownVolts(volts: number): string {
  const [factor, unit] = volts >= 1 ? [1, 'V'] : volts >= 1e-3 ? [1e3, 'mV'] : [1e6, 'µV']
  return `${Number((volts * factor).toPrecision(3))} ${unit}`
}
