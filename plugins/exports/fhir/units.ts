/** Units as UCUM writes them: https://ucum.org/ucum */
import { voltsPer } from '../../mvc-cascade/index.ts'

const UCUM: Readonly<Record<string, string>> = {
  '1': '1',
  '%': '%',
  ms: 'ms',
  s: 's',
  Hz: 'Hz',
  '1/min': '/min',
  '%/min': '%/min',
  '1/Hz⁶': 'Hz-6',
}

/** UCUM's prefixes of V by how many V they are. */
const VOLTS: ReadonlyMap<number, string> = new Map([
  [1e3, 'kV'],
  [1, 'V'],
  [1e-3, 'mV'],
  [1e-6, 'uV'],
  [1e-9, 'nV'],
])

const BY_SECOND = '·s'

/**
 * The code of a unit.
 *
 * @returns null where UCUM has none that is known here: the unit is then text
 * @example
 * ucumOf('µV·s') // 'uV.s'
 */
export function ucumOf(unit: string): string | null {
  if (Object.hasOwn(UCUM, unit)) return UCUM[unit] as string
  const isIntegral = unit.endsWith(BY_SECOND)
  const factor = voltsPer(isIntegral ? unit.slice(0, -BY_SECOND.length) : unit)
  const volts = factor === null ? undefined : VOLTS.get(factor)
  if (volts === undefined) return null
  return isIntegral ? `${volts}.s` : volts
}
