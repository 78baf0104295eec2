/** A line of CSV (RFC 4180) that a spreadsheet takes for nothing but data. */

/** One value of a line; null is empty. */
export type Cell = string | number | boolean | null

/** Beginnings that make a spreadsheet take text for a formula, their full-width forms among them. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/

/** The same behind a semicolon or a tab, of which some countries' spreadsheets make cells, quotes or not. */
const FORMULA_BEHIND = /([;\t])(?=[=+\-@＝＋－＠])/g

/** @see https://owasp.org/www-community/attacks/CSV_Injection */
const harmless = (text: string): string =>
  (FORMULA.test(text) ? `'${text}` : text).replaceAll(FORMULA_BEHIND, "$1'")

/** RFC 4180, section 2, rules 5 to 7. */
function encode(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'boolean') return String(cell)
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : ''
  const text = harmless(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/**
 * A line with its CRLF. What is missing, or no finite number, is empty; text that a spreadsheet would take for a formula
 * has a `'` before it, also where it stands behind a semicolon or a tab.
 *
 * @example
 * csvLine(['=1+1', 0.5, null]) // "'=1+1,0.5,\r\n"
 */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(encode).join(',')}\r\n`
