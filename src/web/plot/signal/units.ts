/** Units that signals are drawn in: voltages in µV, whatever else as the file has it. */
import { voltsIn } from '../../language/amounts.ts'

/** How values of a channel become those that are drawn. */
export interface DrawnUnit {
  /** Empty where the file states none. */
  readonly name: string
  /** So many of it are one of the channel's unit. */
  readonly factor: number
  readonly isVoltage: boolean
}

/** A voltage by or over time is drawn as the file has it. */
const BY_OR_OVER_TIME = /[/·]/

export function drawnUnit(unit: string | null): DrawnUnit {
  const name = unit?.trim() ?? ''
  const volts = BY_OR_OVER_TIME.test(name) ? null : voltsIn(name)
  return volts === null
    ? { name, factor: 1, isVoltage: false }
    : { name: 'µV', factor: Number((volts * 1e6).toPrecision(12)), isVoltage: true }
}

/** From 10 mV on, axes are in mV. */
const MILLI_FROM_MICROVOLTS = 10_000

/** The unit of an axis whose largest value is `size` of the drawn unit, and how many of it one of those is. */
export const axisUnit = (
  unit: DrawnUnit,
  size: number,
): { readonly name: string; readonly factor: number } =>
  unit.isVoltage && size >= MILLI_FROM_MICROVOLTS
    ? { name: 'mV', factor: 1e-3 }
    : { name: unit.name, factor: 1 }
