/** Pieces of a page, with everything that comes from files and people made safe. */
import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import { clean } from '../../src/sdk.ts'

/** Markup that is whole and escaped. */
export type Markup = HtmlEscapedString

/** What may stand in a page: markup as it is, anything else escaped. */
export type Content = Markup | string | number | null | readonly Content[]

/**
 * Markup with content in it, which is escaped unless it is markup.
 *
 * @throws {TypeError} of content that has to be waited for
 */
export function markup(strings: TemplateStringsArray, ...content: readonly Content[]): Markup {
  const made = html(strings, ...content)
  if (made instanceof Promise) throw new TypeError('a report is written without waiting')
  return made
}

/** Text of a file or of a person: without characters that disguise it, and with a direction of its own. */
export const own = (text: string): Markup => markup`<bdi>${clean(text)}</bdi>`

export const joined = (parts: readonly Content[], separator: Content): Content[] =>
  parts.flatMap((part, i) => (i === 0 ? [part] : [separator, part]))

/** A row of a table, the first cell its head. */
export const row = (head: Content, ...cells: readonly Content[]): Markup =>
  markup`<tr><th scope="row">${head}</th>${cells.map((cell) => markup`<td>${cell}</td>`)}</tr>
`

/** A table whose first row repeats on every page. */
export const table = (heads: readonly Content[], rows: readonly Markup[], kind = ''): Markup =>
  markup`<table class="${kind}"><thead><tr>${heads.map((head) => markup`<th scope="col">${head}</th>`)}</tr></thead><tbody>
${rows}</tbody></table>
`

export const list = (items: readonly Content[]): Content =>
  items.length === 0
    ? ''
    : markup`<ul>${items.map((item) => markup`<li>${item}</li>`)}</ul>
`
