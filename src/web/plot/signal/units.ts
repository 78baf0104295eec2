/** Units that signals are drawn in: voltages in µV, whatever else as the file has it. */

/** V in one, by prefix, as makers write it; the analysis reads units the same way. */
const PREFIXES: Readonly<Record<string, number>> = {
  n: 1e-9,
  nano: 1e-9,
  u: 1e-6,
  '\u00b5': 1e-6,
  '\u03bc': 1e-6,
  micro: 1e-6,
  m: 1e-3,
  milli: 1e-3,
  '': 1,
  k: 1e3,
  kilo: 1e3,
}

/** How values of a channel become those that are drawn. */
export interface DrawnUnit {
  /** Empty where the file states none. */
  readonly name: string
  /** So many of it are one of the channel's unit. */
  readonly factor: number
  readonly isVoltage: boolean
}

export function drawnUnit(unit: string | null): DrawnUnit {
  const prefix = /^(.*?)(?:v|volts?)$/i.exec((unit ?? '').trim())?.[1]?.toLowerCase()
  const volts = prefix !== undefined && Object.hasOwn(PREFIXES, prefix) ? PREFIXES[prefix] : undefined
  return volts === undefined
    ? { name: unit?.trim() ?? '', factor: 1, isVoltage: false }
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
