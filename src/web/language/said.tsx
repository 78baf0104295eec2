/** What the server explains, in the language of the page where it is known, else in English and marked as such. */
import { translatedSentence } from '../../sentences/index.ts'
import { language } from './language.ts'

/** A sentence of the server in the language of the page; the English one where nobody has put it otherwise. */
export const said = (sentence: string): string =>
  language.value === 'en' ? sentence : (translatedSentence(language.value, sentence) ?? sentence)

/** The same for the eye, with its language for those who have it read to them. @example <Said text={metric.reason} /> */
export function Said({ text }: { readonly text: string }) {
  const known = language.value === 'en' ? text : translatedSentence(language.value, text)
  return <span lang={known === null ? 'en' : undefined}>{known ?? text}</span>
}
