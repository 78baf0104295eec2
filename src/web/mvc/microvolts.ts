/** Amplitudes as people type them, in µV, held against what an MVC can be. */
import { numberOf } from '../language/number-of.ts'

const PER_VOLT = 1e6

/** µV in volts; by division, so that 120 µV are 0.00012 V and no rounding error beside it. */
export const toVolts = (microvolts: number): number => microvolts / PER_VOLT

/** Volts as a number of µV for a field, without rounding errors: 12 digits. */
export const toMicrovolts = (volts: number): number => Number((volts * PER_VOLT).toPrecision(12))

/** Bounds in V, included. */
export interface Plausible {
  readonly least: number
  readonly most: number
}

/** What a typed amplitude is. */
export type Typed =
  | { readonly kind: 'empty' | 'no number' }
  | { readonly kind: 'too small' | 'too large' | 'fine'; readonly microvolts: number; readonly volts: number }

/**
 * @param text in µV
 * @param plausible null: it is not known yet, and the server decides
 */
export function typedMicrovolts(text: string, plausible: Plausible | null): Typed {
  if (text.trim() === '') return { kind: 'empty' }
  const microvolts = numberOf(text)
  if (microvolts === null) return { kind: 'no number' }
  const volts = toVolts(microvolts)
  if (plausible && volts < plausible.least) return { kind: 'too small', microvolts, volts }
  if (plausible && volts > plausible.most) return { kind: 'too large', microvolts, volts }
  return { kind: 'fine', microvolts, volts }
}

/** A new value that is so many times the old one, or less, is looked at twice: a unit is mistaken by thousands. */
const SURPRISING = 2.5

/**
 * How many times the value in force a new one is, where that surprises.
 *
 * @returns null where it does not, or there is nothing to compare with
 */
export function surprisingRatio(volts: number, inForce: number | null): number | null {
  if (inForce === null || !(inForce > 0) || !(volts > 0)) return null
  const ratio = volts / inForce
  return ratio >= SURPRISING || ratio <= 1 / SURPRISING ? ratio : null
}
