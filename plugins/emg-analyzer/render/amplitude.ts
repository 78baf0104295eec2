/** Amplitudes in the unit that reads best. */

/** Volts of one of a unit, by its prefix. */
const VOLTS: ReadonlyArray<readonly [RegExp, number]> = [
  [/^n/i, 1e-9],
  [/^(?:u|µ|μ|micro)/i, 1e-6],
  [/^(?:m|milli)/i, 1e-3],
  [/^v/i, 1],
]

const STEPS: ReadonlyArray<readonly [number, string]> = [
  [1, 'V'],
  [1e-3, 'mV'],
  [1e-6, 'µV'],
]

/**
 * Three significant digits in V, mV or µV.
 *
 * @param unit a voltage, such as `V`, `mV` or `uV`
 */
export function formatAmplitude(value: number, unit: string): string {
  const factor = VOLTS.find(([prefix]) => prefix.test(unit))?.[1] ?? 1
  const volts = value * factor
  const [size, name] = STEPS.find(([step]) => Math.abs(volts) >= step) ?? ([1e-6, 'µV'] as const)
  const scaled = volts / size
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.max(Math.abs(scaled), 1e-3))))
  return `${scaled.toFixed(Math.min(digits, 3))} ${name}`
}
