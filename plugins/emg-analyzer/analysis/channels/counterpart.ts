/** Letters that are a side where the recording has the same text with the letter of the other one. */
import { isCode, type Meaning, meaningOf, type SideRead, shortWord } from './lexicon.ts'

const OTHER: Readonly<Record<string, string>> = { l: 'r', r: 'l', g: 'd', d: 'g' }
const sideOf = (letter: string): SideRead => (letter === 'l' || letter === 'g' ? 'left' : 'right')

/** A side that is told by the other one. */
export interface Counterpart {
  readonly side: SideRead
  /** What is left of the word without the letter. */
  readonly muscle: Meaning | undefined
}

/** The word with its letter at `at` for the other side, and what is left without it. */
function opposed(word: string, at: number): { readonly other: string; readonly rest: string } | undefined {
  const letter = OTHER[word.charAt(at)]
  return letter === undefined
    ? undefined
    : { other: word.slice(0, at) + letter + word.slice(at + 1), rest: word.slice(0, at) + word.slice(at + 1) }
}

const muscleOf = (word: string): Meaning | undefined => {
  const short = shortWord(word)
  return short === undefined ? meaningOf(word) : { words: [short], names: true, side: null }
}

/**
 * The side that a word has by its counterpart: VLD beside VLG, TA D beside TA G, L1 beside R1, GASL beside GASR.
 *
 * @param all the texts of the recording, each as its words with single spaces between
 */
export function counterpartSide(
  words: readonly string[],
  at: number,
  all: ReadonlySet<string>,
): Counterpart | undefined {
  if (all.size < 2) return undefined
  const word = words[at] as string
  const isThere = (other: string): boolean => all.has(words.with(at, other).join(' '))
  const first = opposed(word, 0)
  const last = word.length > 2 ? opposed(word, word.length - 1) : undefined
  if (first && /^(?:[dg]|[lr]\d+)$/.test(word) && isThere(first.other)) {
    return { side: sideOf(word.charAt(0)), muscle: undefined }
  }
  if (last && isThere(last.other)) {
    const muscle = muscleOf(last.rest)
    if (muscle?.names && !muscle.side) return { side: sideOf(word.slice(-1)), muscle }
  }
  if (first && word.length > 2 && /^[dg]/.test(word) && isThere(first.other)) {
    const muscle = muscleOf(first.rest)
    if (muscle?.names && !muscle.side) return { side: sideOf(word.charAt(0)), muscle }
  }
  // LD is a muscle, but beside RD, which is none, it is the D of the left.
  const sided = first && /^[lr]/.test(word) && isCode(word) && !isCode(first.other) && isThere(first.other)
  return sided ? { side: sideOf(word.charAt(0)), muscle: undefined } : undefined
}
