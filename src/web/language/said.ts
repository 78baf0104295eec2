/** What the server explains, in the language of the page. */
import { translatedSentence } from '../../sentences/index.ts'
import { dateTime } from './format.ts'
import { language } from './language.ts'

const INSTANT = /\b\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z/g

/** Sentences of the server hold instants as clocks of computers write them, and units as keyboards do. */
const readable = (sentence: string): string =>
  sentence.replace(INSTANT, (iso) => dateTime(iso)).replace(/(?<=\d )uV\b/g, 'µV')

/** French marks stand apart from their word, and on its line; the sentences are written by keyboards. */
const typeset = (sentence: string): string =>
  language.value === 'fr'
    ? sentence.replace(/ (?=[:;?!»](?:\s|$))/g, '\u202f').replace(/(?<=«) /g, '\u202f')
    : sentence

/** A sentence of the server in the language of the page; null where nobody has put it into that language. */
export function knownSentence(sentence: string): string | null {
  const known = language.value === 'en' ? sentence : translatedSentence(language.value, sentence)
  return known === null ? null : typeset(readable(known))
}

/** The same, or else the English one. */
export const said = (sentence: string): string => knownSentence(sentence) ?? readable(sentence)
