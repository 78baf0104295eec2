/** Numbers as people type them. */

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
