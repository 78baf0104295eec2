/** Scales of a plot: from values to places in it. */
import { voltsPer } from '../../mvc-cascade/index.ts'

/** From a value to a place, in units of the drawing. */
export type Scale = (value: number) => number

export const scaleOf =
  ([from, to]: readonly [number, number], [start, end]: readonly [number, number]): Scale =>
  (value) =>
    to > from ? start + ((value - from) / (to - from)) * (end - start) : (start + end) / 2

/** A place, to a tenth of a unit of the drawing. */
export const place = (value: number): number => Math.round(value * 10) / 10

/** The unit that an axis is drawn in. */
export interface AxisUnit {
  readonly name: string
  /** So many of it are one of the channel's unit. */
  readonly factor: number
}

const MICRO = { name: 'µV', perVolt: 1e6 }
const MILLI = { name: 'mV', perVolt: 1e3 }
const VOLT = { name: 'V', perVolt: 1 }

/**
 * µV or mV, by the size of the values; V for what is no EMG at the skin. A unit that is no voltage stays.
 *
 * @param unit of the channel
 * @param size of the largest value in it
 */
export function axisUnit(unit: string, size: number): AxisUnit {
  const volts = voltsPer(unit)
  if (volts === null) return { name: unit, factor: 1 }
  const { name, perVolt } = size * volts < 1e-3 ? MICRO : size * volts < 10 ? MILLI : VOLT
  // To twelve digits, so that a factor of 999.9999 is one of 1000.
  return { name, factor: Number((volts * perVolt).toPrecision(12)) }
}

/** Least and largest of the extremes; null where every column is empty. */
export function boundsOf({
  min,
  max,
}: {
  readonly min: Float64Array
  readonly max: Float64Array
}): readonly [number, number] | null {
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  for (let k = 0; k < min.length; k++) {
    // Comparisons with NaN, of a column without samples, are false.
    if ((min[k] as number) < least) least = min[k] as number
    if ((max[k] as number) > most) most = max[k] as number
  }
  return least <= most ? [least, most] : null
}
