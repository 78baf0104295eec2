/** Muscles and sides, as labs write them in labels. */
import type { Side } from '../../../clinical-records/index.ts'
import { counterpartSide } from './counterpart.ts'
import { meaningOf, type SideRead, shortWord, sideOfWord } from './lexicon.ts'
import { namedBy, resolve, rowsOf } from './naming.ts'
import { wordsOf } from './words.ts'

/** Where a channel is measured. */
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

const isOfBack = (words: readonly string[]): boolean =>
  words.some((word) => meaningOf(word)?.words.some((each) => BACK.includes(each)))

/** L 5, which beside a muscle of the back is a vertebra. */
const isVertebra = (words: readonly string[], at: number): boolean =>
  words[at] === 'l' && /^[1-5]$/.test(words[at + 1] ?? '')

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
  const ofBack = isOfBack(words)
  for (const [at, word] of words.entries()) {
    const opposed = counterpartSide(words, at, all)
    const side = ofBack && isVertebra(words, at) ? undefined : sideOfWord(word)
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
