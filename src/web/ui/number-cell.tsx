/** A figure in a table, or why there is none. */

/** @param text with its unit; null: there is none. @example <NumberCell text={text} why={t.notMeasured} /> */
export const NumberCell = ({ text, why }: { readonly text: string | null; readonly why: string }) => (
  <td class="number">{text ?? <span class="soft">{why}</span>}</td>
)
