/** Units of voltage, as makers write them. */

/** V in one, by prefix. */
const FACTORS: Readonly<Record<string, number>> = {
  n: 1e-9,
  nano: 1e-9,
  u: 1e-6,
  // Micro sign and Greek mu.
  '\u00b5': 1e-6,
  '\u03bc': 1e-6,
  micro: 1e-6,
  m: 1e-3,
  milli: 1e-3,
  '': 1,
  k: 1e3,
  kilo: 1e3,
}

/**
 * V in one unit of a channel.
 *
 * @param unit as the file declares it, such as `mV` or `microvolts`
 * @returns null when it is no voltage
 * @example
 * voltsPer('mV') // 0.001
 */
export function voltsPer(unit: string): number | null {
  const prefix = /^(.*?)(?:v|volts?)$/i.exec(unit.trim())?.[1]?.toLowerCase()
  return prefix !== undefined && Object.hasOwn(FACTORS, prefix) ? (FACTORS[prefix] as number) : null
}

/** A value in V with the basis of its unit. @param unit null where none is named: V is assumed */
export function inVolts(
  value: number,
  unit: string | null,
): { readonly value: number; readonly unitBasis: 'declared' | 'assumed' } | null {
  const named = unit?.trim() || null
  const factor = named === null ? 1 : voltsPer(named)
  return factor === null
    ? null
    : { value: value * factor, unitBasis: named === null ? 'assumed' : 'declared' }
}
