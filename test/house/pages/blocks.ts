/** Parts of the documentation that the program writes: between `<!-- generated: NAME -->` and `<!-- end -->`. */

const BLOCK = /^<!-- generated: ([a-z -]+) -->\n([\s\S]*?)^<!-- end -->$/gm

/** The generated parts of a page, by name. */
export const readBlocks = (page: string): Map<string, string> =>
  new Map([...page.matchAll(BLOCK)].map(([, name = '', text = '']) => [name, text]))

/**
 * A page with its generated parts as they should be.
 *
 * @throws {Error} when a part has a name that `texts` does not know
 */
export function fillBlocks(page: string, texts: ReadonlyMap<string, string>): string {
  return page.replaceAll(BLOCK, (_, name: string) => {
    const text = texts.get(name)
    if (text === undefined) throw new Error(`nothing writes the part "${name}"`)
    return `<!-- generated: ${name} -->\n${text}<!-- end -->`
  })
}

/** A table; what a cell may not hold is escaped. */
export function table(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`
  return [line(head), `|${head.map(() => '---|').join('')}\n`, ...rows.map(line)].join('')
}
