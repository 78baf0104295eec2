/** From words of the vocabulary to the one muscle that they name. */
import { AMBIGUOUS, GROUPS, MUSCLES } from './muscle-names.ts'

/** A muscle by one of the sets of words that name it. */
export interface Row {
  readonly name: string
  readonly region: string
  readonly words: readonly string[]
}

const ROWS: readonly Row[] = MUSCLES.flatMap(({ name, region, named }) =>
  named.map((words) => ({ name, region, words: words.split(' ') })),
)

/** The muscles that words name, without those that others name more closely. */
export function rowsOf(words: ReadonlySet<string>): Row[] {
  const all = ROWS.filter((row) => row.words.every((word) => words.has(word)))
  const closest = all.filter(
    ({ words: own }) =>
      !all.some(
        (other) => other.words.length > own.length && own.every((word) => other.words.includes(word)),
      ),
  )
  const members = closest.filter(({ name }) => !GROUPS.includes(name))
  return members.length > 0 ? members : closest
}

/** The one muscle that words name, or the word that may mean several. */
export function namedBy(words: ReadonlySet<string>): { readonly row?: Row; readonly ambiguous?: string } {
  const rows = rowsOf(words)
  const open = AMBIGUOUS.filter(
    ({ word, meanings }) =>
      words.has(word) && !rows.some((row) => row.words.includes(word) || row.name in meanings),
  )
  const [row] = rows
  const [ambiguous] = open
  if (new Set(rows.map(({ name }) => name)).size + open.length !== 1) return {}
  return { ...(row && { row }), ...(ambiguous && { ambiguous: ambiguous.word }) }
}

/**
 * The muscle that a word of several means.
 *
 * @param beside names and regions of the muscles of the other channels
 */
export function resolve(word: string, beside: ReadonlySet<string>): string | null {
  const found = AMBIGUOUS.find((each) => each.word === word)
  const meant = Object.entries(found?.meanings ?? {}).filter(([, with_]) =>
    with_.some((each) => beside.has(each)),
  )
  return (meant.length === 1 ? meant[0]?.[0] : found?.otherwise) ?? null
}
