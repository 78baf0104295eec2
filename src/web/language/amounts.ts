/** Figures in the units that a recording has them in, and figures that are held against a bar. */
import { amplitude, fixed, NO_FIGURE, significant, withUnit } from './format.ts'

/** A voltage as files spell it, and what an amplitude over or by time adds to it. */
const VOLTAGE = /^(n|nano|u|µ|μ|micro|m|milli|k|kilo)?(?:v|volts?)(·s|\/s)?$/i

/** Volts in one of a unit, by its prefix. `MV` is millivolts: nobody's muscle gives megavolts. */
const FACTORS: Readonly<Record<string, number>> = {
  n: 1e-9,
  nano: 1e-9,
  u: 1e-6,
  µ: 1e-6,
  μ: 1e-6,
  micro: 1e-6,
  m: 1e-3,
  milli: 1e-3,
  k: 1e3,
  kilo: 1e3,
}

/** Volts in one of a unit, such as 0.001 of `mV`; null for what is no voltage. */
export function voltsIn(unit: string): number | null {
  const match = VOLTAGE.exec(unit.trim())
  return match ? (FACTORS[match[1]?.toLowerCase() ?? ''] ?? 1) : null
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** `3.5 × 10⁻¹³`: what would have more zeros than anybody counts. */
function scientific(value: number, digits: number): string {
  const [mantissa = '', exponent = '0'] = value.toExponential(digits - 1).split('e')
  const raised = exponent
    .replace('+', '')
    .replace('-', '⁻')
    .replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)] as string)
  return `${significant(Number(mantissa), digits)}\u202f×\u202f10${raised}`
}

/**
 * A figure with its unit. Voltages, also by and over time, are shown in µV or mV; other units are kept.
 *
 * @param unit as the API answers it: `V`, `mV·s`, `Hz`, `1/Hz⁶`; `1` for a number without one
 */
export function amount(value: number | null | undefined, unit: string, digits = 3): string {
  if (typeof value !== 'number' || !Number.isFinite(value)) return NO_FIGURE
  const factor = voltsIn(unit)
  if (factor !== null) return `${amplitude(value * factor, digits)}${VOLTAGE.exec(unit.trim())?.[2] ?? ''}`
  const size = Math.abs(value)
  const number =
    size !== 0 && (size < 1e-4 || size >= 1e7) ? scientific(value, digits) : significant(value, digits)
  return unit === '1' || unit === '' ? number : withUnit(number, unit)
}

/** Most decimals that a comparison takes. */
const MOST_DECIMALS = 9

/** Closer to a bar than this share of it is rounding of the computer, no difference. */
const NEGLIGIBLE = 1e-9

const sideOf = (value: number, bar: number): number =>
  Math.abs(value - bar) <= NEGLIGIBLE * Math.abs(bar) ? 0 : Math.sign(value - bar)

/**
 * Decimals that show a figure on its own side of the bars it is held against: 74.96 is not shown as 75.0 where 75 is
 * asked for.
 *
 * @param decimals to begin with
 */
export function decimalsAgainst(
  value: number,
  bars: readonly (number | null | undefined)[],
  decimals: number,
): number {
  const held = bars.filter((bar) => typeof bar === 'number')
  const isTrue = (digits: number): boolean =>
    held.every((bar) => sideOf(Number(value.toFixed(digits)), bar) === sideOf(value, bar))
  let digits = decimals
  while (digits < MOST_DECIMALS && !isTrue(digits)) digits++
  return digits
}

/** A figure that is held against bars, never rounded across one. */
export const against = (
  value: number | null | undefined,
  bars: readonly (number | null | undefined)[],
  decimals: number,
  unit: string,
): string =>
  typeof value === 'number' ? withUnit(fixed(value, decimalsAgainst(value, bars, decimals)), unit) : NO_FIGURE

/** A probability: never shown as 0, and on its own side of 0.05. */
export const chance = (p: number | null | undefined): string =>
  typeof p !== 'number'
    ? NO_FIGURE
    : p < 0.001
      ? `<\u202f${fixed(0.001, 3)}`
      : fixed(p, decimalsAgainst(p, [0.05], p < 0.01 ? 3 : 2))

/** A probability in a sentence: `p = 0.03`, `p < 0.001`. */
export const chanceText = (p: number): string => `p\u202f${p < 0.001 ? '' : '=\u202f'}${chance(p)}`

/** A number as a field for typing holds it: with all its digits, and the decimal mark of the language. */
export const typedNumber = (value: number): string => String(value).replace('.', fixed(0.5, 1).charAt(1))
