/** The amplitudes that a pane shows, and the lines across it. */
import type { PlotChannel, SignalView } from './contract.ts'
import { drawnUnit } from './units.ts'

/** Least and largest value of an axis, in the drawn unit. */
export type Heights = readonly [number, number]

/** A line across a pane. */
export interface Level {
  readonly kind: 'mvc' | 'target' | 'detection'
  /** In the drawn unit. */
  readonly value: number
}

/** A level that is so many times the signal would press it flat: it is named at the top instead. */
const OUT_OF_SIGHT = 3

/** Amplitudes are held against levels as envelopes: beside other pictures their lines would say what is not so. */
export const hasLevels = (view: SignalView): boolean => view === 'envelope'

/** The levels of a channel, the largest first; none where the view is no measure of them. */
export function levelsOf({ mvc, unit, thresholds }: PlotChannel, view: SignalView): Level[] {
  const { factor, isVoltage } = drawnUnit(unit)
  if (!hasLevels(view)) return []
  const levels: Level[] = []
  const volts = (kind: Level['kind'], value: number | null | undefined): void => {
    if (isVoltage && typeof value === 'number') levels.push({ kind, value: value * 1e6 })
  }
  volts('mvc', mvc?.value)
  volts('target', mvc?.threshold)
  // Where contractions begin, and not the lower one that they are followed down to. Levels of other names are of
  // other signals than the envelope.
  const onset = thresholds?.onset
  if (onset !== undefined) levels.push({ kind: 'detection', value: onset * factor })
  return levels.sort((a, b) => b.value - a.value)
}

/**
 * The heights that show a signal and those of its levels that are near it.
 *
 * @param extent least and largest value, null where there is no signal
 */
export function heightsOf(
  extent: readonly [number, number] | null,
  levels: readonly Level[],
  view: SignalView,
): Heights {
  const [least, most] = extent ?? [0, 0]
  if (view === 'envelope') {
    const near = levels.map(({ value }) => value).filter((value) => value <= OUT_OF_SIGHT * most)
    // With room for the name of a level above its line.
    return [Math.min(0, least), Math.max(1.08 * most, 1.18 * Math.max(0, ...near)) || 1]
  }
  const pad = 0.05 * (most - least) || Math.abs(most) * 0.05 || 1
  return [least - pad, most + pad]
}

/** One scale for all. */
export const together = (all: readonly Heights[]): Heights => [
  Math.min(...all.map(([least]) => least)),
  Math.max(...all.map(([, most]) => most)),
]
