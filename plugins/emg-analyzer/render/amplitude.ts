/** Amplitudes for people: three significant digits, in the voltage unit that reads best. */

/** A voltage unit as files spell it: a prefix, then V or volt. */
const VOLTAGE = /^(n|nano|u|µ|μ|micro|m|milli|k|kilo)?(?:v|volts?)$/i

/** Volts in one of a unit, by the first letter of its prefix. */
const VOLTS: Readonly<Record<string, number>> = { n: 1e-9, u: 1e-6, µ: 1e-6, μ: 1e-6, m: 1e-3, k: 1e3 }

/** Units that amplitudes are shown in, largest first. */
const SHOWN = [
  { unit: 'V', perVolt: 1 },
  { unit: 'mV', perVolt: 1e3 },
  { unit: 'µV', perVolt: 1e6 },
  { unit: 'nV', perVolt: 1e9 },
] as const

/** Volts in one of a unit; null for what is no voltage. `MV` is millivolts: nobody's muscle gives megavolts. */
function voltsIn(unit: string): number | null {
  const match = VOLTAGE.exec(unit.trim())
  if (!match) return null
  const prefix = match[1]?.toLowerCase()
  if (prefix === 'micro') return 1e-6
  return prefix === undefined ? 1 : (VOLTS[prefix.slice(0, 1)] ?? null)
}

/** Three significant digits, trailing zeros kept: `12.0`, `120`, `0.120`; a power of ten where zeros abound. */
function threeDigits(value: number): string {
  const text = value.toPrecision(3)
  const size = Math.abs(value)
  return size >= 1000 && size < 1e6 ? String(Number(text)) : text
}

/**
 * An amplitude in V, mV, µV or nV, whichever has one to three digits before the point. Values in other units keep
 * them.
 *
 * @param value in that unit
 * @param unit as the file has it, such as `V`, `mV` or `uV`
 * @example
 * ```ts
 * formatAmplitude(0.0000749, 'V') // '74.9 µV'
 * ```
 */
export function formatAmplitude(value: number, unit: string): string {
  const volts = voltsIn(unit)
  if (!Number.isFinite(value)) return '-'
  if (volts === null) return `${threeDigits(value)} ${unit}`.trimEnd()
  if (value === 0) return '0 µV'
  // To twelve digits, so that a unit's factor does not decide how 73.15 mV is rounded.
  const inVolts = Number((value * volts).toPrecision(12))
  for (const { unit: shown, perVolt } of SHOWN) {
    // Rounded first: 999.6 µV is 1.00 mV, not 1000 µV.
    const scaled = Number((inVolts * perVolt).toPrecision(3))
    if (Math.abs(scaled) >= 1) return `${threeDigits(scaled)} ${shown}`
  }
  return `${threeDigits(inVolts * 1e9)} nV`
}
