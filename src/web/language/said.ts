/** What the server explains, in the language of the page. */
import { translatedSentence } from '../../sentences/index.ts'
import { language } from './language.ts'

/** A sentence of the server in the language of the page; null where nobody has put it into that language. */
export const knownSentence = (sentence: string): string | null =>
  language.value === 'en' ? sentence : translatedSentence(language.value, sentence)

/** The same, or else the English one. */
export const said = (sentence: string): string => knownSentence(sentence) ?? sentence
