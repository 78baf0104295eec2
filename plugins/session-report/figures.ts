/** Numbers for people: with their unit, rounded to what can be told, and never across the bar they are held against. */
import { formatAmplitude } from '../emg-analyzer/index.ts'
import { voltsPer } from '../mvc-cascade/index.ts'

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** A unit by or over time: `mV·s`, `V/s`. */
const OVER_TIME = /^(.+)(·s|\/s)$/

/** Most decimals that a comparison may take. */
const MOST_DECIMALS = 9

/** Between a number and its unit: no line breaks there. */
export const NBSP = '\u00a0'

const superscript = (exponent: number): string =>
  `${exponent < 0 ? '⁻' : ''}${String(Math.abs(exponent)).replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)] as string)}`

/** `7.2e-14` as `7.2 × 10⁻¹⁴`, and a true minus sign. */
const typeset = (text: string): string =>
  text
    .replace(/e([+-]?\d+)/, (_, exponent: string) => `${NBSP}×${NBSP}10${superscript(Number(exponent))}`)
    .replace(/^-/, '−')
    .replaceAll(' ', NBSP)

/** A number with so many decimals; 0 has no sign. */
const fixed = (value: number, decimals: number): string => {
  const text = value.toFixed(decimals)
  return Number(text) === 0 ? text.replace('-', '') : text
}

/** How numbers are written in a language. */
export interface Figures {
  /** In its unit, an amplitude in V, mV, µV or nV, to three digits. */
  amount(value: number, unit: string): string
  /** With so many decimals. */
  fixed(value: number, decimals: number, unit?: string): string
  /** With so many decimals, or as many more as it takes to show it on the side of each bar that it is on. */
  against(value: number, bars: readonly number[], decimals: number, unit?: string): string
  /** As exact as it is known, to six digits. */
  plain(value: number, unit?: string): string
  /** A share in percent, of which a small one is not shown as none. */
  share(percent: number): string
  /** A probability, on its own side of 0.05. */
  chance(p: number): string
  /** ms as s, to the millisecond. */
  seconds(milliseconds: number): string
}

/** Closer to a bar than this share of it is rounding of the computer, not a difference. */
const NEGLIGIBLE = 1e-9

const sideOf = (value: number, bar: number): number =>
  Math.abs(value - bar) <= NEGLIGIBLE * Math.abs(bar) ? 0 : Math.sign(value - bar)

/** @param decimal the mark between a number and its decimals */
export function figuresWith(decimal: '.' | ','): Figures {
  const finish = (text: string, unit?: string): string => {
    const number = typeset(text).replace('.', decimal)
    return unit ? `${number}${NBSP}${unit}` : number
  }
  const against: Figures['against'] = (value, bars, decimals, unit) => {
    const sides = bars.map((bar) => sideOf(value, bar))
    const isTrue = (text: string): boolean => bars.every((bar, i) => sideOf(Number(text), bar) === sides[i])
    let shown = fixed(value, decimals)
    for (let more = decimals + 1; more <= MOST_DECIMALS && !isTrue(shown); more++) shown = fixed(value, more)
    return finish(shown, unit)
  }
  return {
    amount(value, unit) {
      const [, base = unit, time = ''] = OVER_TIME.exec(unit) ?? []
      const isVoltage = voltsPer(base) !== null
      const text = formatAmplitude(value, isVoltage ? base : unit)
      // The number alone has a decimal mark: a unit may have a point too.
      const [number = '', ...rest] = text.split(' ')
      return finish(number, `${rest.join(' ')}${isVoltage ? time : ''}`)
    },
    fixed: (value, decimals, unit) => finish(fixed(value, decimals), unit),
    against,
    plain: (value, unit) => finish(String(Number(value.toPrecision(6))), unit),
    share: (percent) =>
      percent !== 0 && Math.abs(percent) < 0.01
        ? `<${NBSP}${finish('0.01', '%')}`
        : finish(String(Number(percent.toPrecision(3))), '%'),
    chance: (p) =>
      p < 0.001 ? `p${NBSP}<${NBSP}${finish('0.001')}` : `p${NBSP}=${NBSP}${against(p, [0.05], 3)}`,
    seconds: (milliseconds) => finish(fixed(milliseconds / 1000, 3), 's'),
  }
}
