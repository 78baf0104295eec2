/** Values of signals for people: voltages in µV, what else there is in its unit. */
import { amplitude, NO_FIGURE, significant, withUnit } from '../../language/format.ts'
import { type DrawnUnit, drawnUnit } from './units.ts'

/** @param value in the drawn unit */
export function amount(value: number, unit: DrawnUnit): string {
  if (unit.isVoltage) return amplitude(value * 1e-6)
  return unit.name === '' ? significant(value) : withUnit(significant(value), unit.name)
}

/** What a channel is at the cursor: a sample, or the extremes of those that share a pixel. */
export function reading(
  value: readonly [number, number] | null,
  unit: string,
  extremes: (low: string, high: string) => string,
): string {
  if (!value) return NO_FIGURE
  const drawn = drawnUnit(unit)
  const [low, high] = value.map((each) => amount(each, drawn)) as [string, string]
  return low === high ? low : extremes(low, high)
}
