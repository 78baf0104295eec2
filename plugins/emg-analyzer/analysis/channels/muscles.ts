/** Muscles and sides, as labs write them in labels. */
import type { Side } from '../../../clinical-records/index.ts'
import { counterpartSide } from './counterpart.ts'
import { meaningOf, type SideRead, shortWord, sideOfWord } from './lexicon.ts'
import { AMBIGUOUS, GROUPS, MUSCLES } from './vocabulary.ts'
import { wordsOf } from './words.ts'

export interface Anatomy {
  /** Name in the field's terms, lower case; null where the label names none. */
  readonly muscle: string | null
  /** null where the label names none; `none` is for muscles of the middle, by a profile only. */
  readonly side: Side | null
}

/** What the texts of a channel say of its muscle. */
interface Said {
  readonly words: Set<string>
  readonly sides: Set<SideRead>
  names: boolean
}

/** French « droit fémoral » is a rectus; « vaste latéral droit » is on the right. */
const isRectus = (words: readonly string[], at: number): boolean =>
  words[at] === 'droit' && (words[at - 1] === 'grand' || /^(?:fem|ant|abd|de$)/.test(words[at + 1] ?? ''))

const BACK = ['erector', 'multifidus', 'longissimus', 'iliocostalis', 'paraspinal', 'lumbar']

/** L 5 beside a muscle of the back is a vertebra. */
const isVertebra = (words: readonly string[], at: number): boolean =>
  words[at] === 'l' &&
  /^[1-5]$/.test(words[at + 1] ?? '') &&
  words.some((word) => meaningOf(word)?.words.some((each) => BACK.includes(each)))

const HEADED = ['vastus', 'vaste', 'gastrocnemius', 'jumeau', 'hamstring']

/** M and L behind a muscle with two heads: R GASTROC L is the lateral one, but GASTROC L is a side, unless there is a GASTROC M. */
function headOf(
  words: readonly string[],
  at: number,
  all: ReadonlySet<string>,
): 'medial' | 'lateral' | undefined {
  const word = words[at]
  if (word !== 'm' && word !== 'l') return undefined
  if (!meaningOf(words[at - 1] ?? '')?.words.some((each) => HEADED.includes(each))) return undefined
  if (word === 'm') return 'medial'
  const sided = words.some((other, i) => i !== at && (sideOfWord(other)?.certain || meaningOf(other)?.side))
  return sided || all.has(words.with(at, 'm').join(' ')) ? 'lateral' : undefined
}

function readText(words: readonly string[], all: ReadonlySet<string>, said: Said): void {
  const uncertain: SideRead[] = []
  const short: string[] = []
  for (const [at, word] of words.entries()) {
    const opposed = counterpartSide(words, at, all)
    const side = isVertebra(words, at) ? undefined : sideOfWord(word)
    const head = headOf(words, at, all)
    if (isRectus(words, at)) said.words.add('rectus')
    else if (head) said.words.add(head)
    else if (opposed) {
      uncertain.push(opposed.side)
      for (const each of opposed.muscle?.words ?? []) said.words.add(each)
      said.names ||= opposed.muscle?.names ?? false
    } else if (side?.certain) said.sides.add(side.side)
    else if (side) uncertain.push(side.side)
    else {
      const abbreviated = shortWord(word)
      const meaning = abbreviated === undefined ? meaningOf(word) : undefined
      if (abbreviated !== undefined) short.push(abbreviated)
      if (meaning?.side) said.sides.add(meaning.side)
      for (const each of meaning?.words ?? []) said.words.add(each)
      said.names ||= meaning?.names ?? false
    }
  }
  if (said.words.size > 0 || said.sides.size > 0 || short.length > 1) {
    for (const each of short) said.words.add(each)
  }
  if (said.names || rowsOf(said.words).length > 0) for (const each of uncertain) said.sides.add(each)
}

interface Row {
  readonly name: string
  readonly region: string
  readonly words: readonly string[]
}

const ROWS: readonly Row[] = MUSCLES.flatMap(({ name, region, named }) =>
  named.map((words) => ({ name, region, words: words.split(' ') })),
)

/** The muscles that words name, without those that others name more closely. */
function rowsOf(words: ReadonlySet<string>): Row[] {
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
function namedBy(words: ReadonlySet<string>): { readonly row?: Row; readonly ambiguous?: string } {
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

function resolve(word: string, beside: ReadonlySet<string>): string | null {
  const found = AMBIGUOUS.find((each) => each.word === word)
  const meant = Object.entries(found?.meanings ?? {}).filter(([, with_]) =>
    with_.some((each) => beside.has(each)),
  )
  return (meant.length === 1 ? meant[0]?.[0] : found?.otherwise) ?? null
}

/** The texts of a channel. */
export interface Labelled {
  readonly label: string
  readonly description: string
}

/**
 * The muscle and side of each channel of a recording, by what its label and description name. Names that mean several
 * muscles, and letters that may be a side, are told by the other channels: VLG is on the left where there is a VLD.
 *
 * @example
 * readAnatomies([{ label: 'R VL', description: '' }]) // [{ muscle: 'vastus lateralis', side: 'right' }]
 */
export function readAnatomies(channels: readonly Labelled[]): Anatomy[] {
  const texts = channels.map(({ label, description }) =>
    (label === description ? [label] : [label, description]).map(wordsOf),
  )
  const all = new Set(texts.flat().map((words) => words.join(' ')))
  const read = texts.map((ofChannel) => {
    const said: Said = { words: new Set(), sides: new Set(), names: false }
    for (const words of ofChannel) readText(words, all, said)
    return { ...namedBy(said.words), sides: said.sides }
  })
  const beside = new Set(read.flatMap(({ row }) => (row ? [row.name, row.region] : [])))
  return read.map(({ row, ambiguous, sides }) => {
    const [side = null] = sides
    return {
      muscle: row?.name ?? (ambiguous === undefined ? null : resolve(ambiguous, beside)),
      side: sides.size === 1 ? side : null,
    }
  })
}

/** Whether a text names a muscle, be it one of several. */
export function namesMuscle(text: string): boolean {
  const said: Said = { words: new Set(), sides: new Set(), names: false }
  readText(wordsOf(text), new Set(), said)
  return said.names || rowsOf(said.words).length > 0
}
