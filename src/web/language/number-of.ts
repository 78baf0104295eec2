/** Numbers as people type them. */
import { fixed } from './format.ts'

/** `1,234` is one thing in English and another in French: whoever means either has to write it otherwise. */
const AMBIGUOUS = /^[1-9]\d{0,2}[.,]\d{3}$/

/**
 * A number of 0 or more, with a point or a comma; spaces in it count for nothing.
 *
 * @returns null for what is no number, and for `1,234`, which may be two
 * @example numberOf('0,32') // 0.32
 */
export function numberOf(text: string): number | null {
  const typed = text.replace(/\s/g, '')
  if (AMBIGUOUS.test(typed) || !/^\d+([.,]\d+)?$/.test(typed)) return null
  return Number(typed.replace(',', '.'))
}

/** Whether a text may be two numbers: `1,234` in English and `1.234` in French, whose mark of decimals is another. */
export function isAmbiguous(text: string): boolean {
  const typed = text.replace(/\s/g, '')
  return AMBIGUOUS.test(typed) && !typed.includes(fixed(0.5, 1).charAt(1))
}

/**
 * A number of 0 or more where three decimals are no surprise: the decimal mark of the language of the page is taken for
 * one, so that what the page itself has put into a field is read again.
 *
 * @example decimalOf('1.125') // 1.125 in English, null in French
 */
export function decimalOf(text: string): number | null {
  const typed = text.replace(/\s/g, '')
  return isAmbiguous(typed) || !/^\d+([.,]\d+)?$/.test(typed) ? null : Number(typed.replace(',', '.'))
}
