/** Figures that are compared, and their differences, each with its unit. */
import { amplitude, duration, fixed, NO_FIGURE, percent, withUnit } from '../../language/format.ts'
import type { Measure } from './compared-row.ts'

type Kind = 'count' | 'percent' | 'slope' | 'volts' | 'length' | 'number' | 'hertz'

const KINDS: Readonly<Record<Measure, Kind>> = {
  contractions: 'count',
  good: 'count',
  meetsMvc: 'count',
  meetsDuration: 'count',
  meanDuration: 'length',
  mvc: 'volts',
  amplitude: 'volts',
  medianFrequency: 'hertz',
  mvcPercent: 'percent',
  fatigueSlope: 'slope',
  robinsonIndex: 'percent',
  symmetryAngle: 'percent',
  ghostlySymmetry: 'percent',
  limbSymmetryIndex: 'percent',
  overall: 'percent',
  compliance: 'percent',
  symmetry: 'percent',
  effort: 'percent',
  game: 'percent',
}

const text = (kind: Kind, value: number | null, points: string): string => {
  if (kind === 'count') return fixed(value)
  if (kind === 'percent') return points === '' ? percent(value, 1) : withUnit(fixed(value, 1), points)
  if (kind === 'slope') return withUnit(fixed(value, 1), '%/min')
  if (kind === 'volts') return amplitude(value)
  if (kind === 'hertz') return withUnit(fixed(value, 1), 'Hz')
  if (kind === 'length') return duration(value)
  return fixed(value, value !== null && Number.isInteger(value) ? 0 : 1)
}

/** @example measureText('mvc', 0.000255) // '255 µV' */
export const measureText = (measure: Measure, value: number | null): string => text(KINDS[measure], value, '')

/**
 * A difference with its sign and unit.
 *
 * @param points the unit of a difference of percentages, which is no share itself
 * @example differenceText('mvcPercent', -3.21, 'pp') // '−3.2 pp'
 */
export function differenceText(measure: Measure, value: number | null, points: string): string {
  if (value === null) return NO_FIGURE
  const size = text(KINDS[measure], Math.abs(value), points)
  // What rounds to nothing has no sign.
  if (size === text(KINDS[measure], 0, points)) return size
  return `${value > 0 ? '+' : '\u2212'}${size}`
}
