/** What one word of a label means: words of muscles, and a side that is glued to them. */
import { CODES, MODIFIERS, MUSCLE_WORDS, SHORT_WORDS, SIDES, SIDES_OF_MUSCLES } from './vocabulary.ts'

/** A side that a label can name. */
export type SideRead = 'left' | 'right'

/** What a word of a label means. */
export interface Meaning {
  /** Words of the vocabulary that it may stand for. */
  readonly words: readonly string[]
  /** Whether it names a muscle by itself. */
  readonly names: boolean
  readonly side: SideRead | null
}

/** Words that are longer are not taken apart. */
const LONGEST = 24

/** Every abbreviation that `lat|eralis` allows. */
const beginnings = (form: string): string[] => {
  const [least = '', rest = ''] = form.split('|')
  return Array.from({ length: rest.length + 1 }, (_, i) => least + rest.slice(0, i))
}

const named = new Set<string>()
const meanings = new Map<string, string[]>()
for (const table of [MUSCLE_WORDS, MODIFIERS]) {
  for (const [word, forms] of Object.entries(table)) {
    for (const form of forms.split(' ').flatMap(beginnings)) {
      meanings.set(form, [...(meanings.get(form) ?? []), word])
      if (table === MUSCLE_WORDS) named.add(form)
    }
  }
}

const codes = new Map(Object.entries(CODES).map(([code, words]) => [code, words.split(' ')]))
const short = new Map(Object.entries(SHORT_WORDS))

const bySide = (table: Readonly<Record<SideRead, string>>): ReadonlyMap<string, SideRead> =>
  new Map(
    (['left', 'right'] as const).flatMap((side) =>
      table[side].split(' ').map((word) => [word, side] as const),
    ),
  )
const sides = bySide(SIDES)
const sidesOfMuscles = bySide(SIDES_OF_MUSCLES)

/** The side that a word is; `certain` when it is one whatever stands beside it. */
export function sideOfWord(word: string): { readonly side: SideRead; readonly certain: boolean } | undefined {
  const side = sides.get(word)
  if (side) return { side, certain: true }
  const ofMuscle = sidesOfMuscles.get(word)
  return ofMuscle && { side: ofMuscle, certain: false }
}

/** Whether a word is the code of a muscle, such as VL. */
export const isCode = (word: string): boolean => codes.has(word)

/** The word of which this is an abbreviation that needs another word beside it. */
export const shortWord = (word: string): string | undefined => short.get(word)

/** A word as it stands in the vocabulary, or its plural. */
function plain(word: string): Meaning | undefined {
  const code = codes.get(word)
  if (code) return { words: code, names: true, side: null }
  const singular = word.length > 4 && word.endsWith('s') ? word.slice(0, -1) : word
  for (const form of [word, singular]) {
    const words = meanings.get(form)
    if (words) return { words, names: named.has(form), side: null }
  }
  return undefined
}

/** A part of a word, of at least three letters. */
function part(text: string): Meaning | undefined {
  if (text.length < 3) return undefined
  const word = short.get(text)
  return plain(text) ?? (word === undefined ? undefined : { words: [word], names: true, side: null })
}

/** Words that are written as one, such as VASLAT; the longest part first. Undefined where something is left over. */
function parts(text: string, hopeless = new Set<string>()): Meaning | undefined {
  if (text === '') return { words: [], names: false, side: null }
  if (hopeless.has(text)) return undefined
  const code = codes.get(text)
  if (code) return { words: code, names: true, side: null }
  for (let end = text.length; end >= 3; end--) {
    const first = part(text.slice(0, end))
    const rest = first && parts(text.slice(end), hopeless)
    if (first && rest) {
      return { words: [...first.words, ...rest.words], names: first.names || rest.names, side: null }
    }
  }
  hopeless.add(text)
  return undefined
}

const GLUED_SIDES = [
  ['left', /^left|left$/],
  ['right', /^right|right$/],
  ['left', /^l/],
  ['right', /^r/],
] as const

/** A muscle with what is glued to it: EMGRVL, LRECT, VASLAT, LEMG. */
function glued(word: string): Meaning | undefined {
  if (word.length > LONGEST) return undefined
  const text = word.replace(/^s?emg/, '')
  const whole = parts(text)
  if (whole?.names) return whole
  for (const [side, pattern] of GLUED_SIDES) {
    if (!pattern.test(text)) continue
    const rest = text.replace(pattern, '')
    if (rest === '' ? text !== word : /^s?emg$/.test(rest)) return { words: [], names: false, side }
    const muscle = parts(rest)
    if (muscle?.names) return { ...muscle, side }
  }
  return undefined
}

/**
 * What a word means.
 *
 * @example
 * meaningOf('rvaslat') // { words: ['vastus', 'lateral'], names: true, side: 'right' }
 */
export const meaningOf = (word: string): Meaning | undefined => plain(word) ?? glued(word)
