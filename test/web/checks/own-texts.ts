/** What a view says by itself, in place of words of a table. */

const transpiler = new Bun.Transpiler({
  loader: 'tsx',
  tsconfig: JSON.stringify({ compilerOptions: { jsx: 'react-jsx', jsxImportSource: 'preact' } }),
})

/** Names, and signs that are the same in every language. */
const NAMES = /^(?:Myoserve|Borg CR-10|EMG|CSV|JSON|Parquet|FHIR|C3D|EDF)$/

/** What stands before it differs: French has a space there. */
const MARK = /^[:;?!]/

const PROPERTY =
  /^\s*"?(?:aria-label|aria-description|title|placeholder|alt|label|hint|children)"?: "((?:[^"\\]|\\.)*)"/

/**
 * Texts between elements, and in attributes that are read or read out. The transpiler writes one child a line, which is
 * what tells them from other strings.
 *
 * @param source of a `.tsx`
 */
export function ownTexts(source: string): string[] {
  const found: string[] = []
  /** Columns at which the children stand of the elements that are open. */
  const columns: number[] = []
  for (const line of transpiler.transformSync(source).split('\n')) {
    const column = line.search(/\S/)
    while (columns.length > 0 && column < (columns.at(-1) as number)) columns.pop()
    const child = column === columns.at(-1) ? /^\s*"((?:[^"\\]|\\.)*)",?$/.exec(line)?.[1] : undefined
    const text = child ?? PROPERTY.exec(line)?.[1]
    if (text !== undefined) found.push(text)
    if (/^\s*children: \[$/.test(line)) columns.push(column + 2)
  }
  return found
    .map((text) => text.trim())
    .filter((text) => (/\p{L}{2}/u.test(text) || MARK.test(text)) && !NAMES.test(text))
}
