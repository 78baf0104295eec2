/** Text for a terminal of limited width: made safe, fitted, wrapped, coloured, or brought down to ASCII. */

/** Control characters command a terminal; format characters and lone surrogates disguise what is read. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/** Characters of a text that are looked at. */
const LONGEST_TEXT = 1000

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** A text that no terminal obeys. */
export const clean = (text: string): string =>
  text.slice(0, LONGEST_TEXT).replace(UNSAFE, ' ').replace(/ +/g, ' ').trim()

/** Cuts what is wider than `width` columns, and says so with a mark. */
export function fit(text: string, width: number): string {
  if (Bun.stringWidth(text) <= width) return text
  let kept = ''
  let room = width - 1
  for (const { segment } of graphemes.segment(text)) {
    room -= Bun.stringWidth(segment)
    if (room < 0) break
    kept += segment
  }
  return `${kept}…`
}

/** As {@link fit} to `width` columns, but keeps the end, as of a path. */
export function fitEnd(text: string, width: number): string {
  if (Bun.stringWidth(text) <= width) return text
  const parts = Array.from(graphemes.segment(text), ({ segment }) => segment)
  let room = width - 1
  let from = parts.length
  while (from > 0) {
    room -= Bun.stringWidth(parts[from - 1] as string)
    if (room < 0) break
    from--
  }
  return `…${parts.slice(from).join('')}`
}

/** Fits to `width` columns, and fills up with blanks at the side that `align` is not. */
export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const fitted = fit(text, width)
  const blanks = ' '.repeat(width - Bun.stringWidth(fitted))
  return align === 'left' ? fitted + blanks : blanks + fitted
}

/** Lines of at most `columns`, broken at blanks; a word that is wider than a line is cut. */
export function wrapped(text: string, columns: number, indent: string, hanging = indent): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line ? `${line} ${word}` : word
    if (line && Bun.stringWidth(hanging + longer) > columns) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return [...lines, line].map((each, i) => fit((i === 0 ? indent : hanging) + each, columns))
}

/** Colours by their SGR codes, ECMA-48 section 8.3.117. */
const STYLES = { bold: 1, dim: 2, yellow: 33, cyan: 36 } as const

/** Paints a text, or leaves it as it is. */
export type Style = (name: keyof typeof STYLES, text: string) => string

/** A painter that leaves text as it is unless colour is wanted. */
export const painter =
  (color: boolean): Style =>
  (name, text) =>
    color && text ? `\u001b[${STYLES[name]}m${text}\u001b[0m` : text

const ASCII: Readonly<Record<string, string>> = {
  ...{ '▁': '_', '▂': '.', '▃': '-', '▄': '=', '▅': '+', '▆': '*', '▇': '#', '█': '@' },
  ...{ '━': '=', '×': 'x', '…': '~', µ: 'u', μ: 'u', '–': '-', '’': "'", '‘': "'", '“': '"', '”': '"' },
}

/** As wide as before, in ASCII alone. */
export const toAscii = (text: string): string =>
  Array.from(graphemes.segment(text), ({ segment }) =>
    /^[\0-\x7f]+$/.test(segment) ? segment : (ASCII[segment] ?? '?'.repeat(Bun.stringWidth(segment))),
  ).join('')
