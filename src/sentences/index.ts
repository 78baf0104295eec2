/** What analyses and scores explain in English sentences, in other languages: for reports, and for the page. */
import { french } from './french.ts'
import { firstSaid, type Phrase } from './phrase.ts'

const PHRASES: Readonly<Record<string, readonly Phrase[]>> = { fr: french }

/**
 * A sentence of an analysis or a score in another language.
 *
 * @param language as a BCP 47 tag without region, such as `fr`
 * @param sentence as the API answers it: a `reason` or a `message`
 * @returns null where it is not known in that language, as those of plugins from outside
 * @example translatedSentence('fr', 'there is no contraction') // 'il n’y a pas de contraction'
 */
export const translatedSentence = (language: string, sentence: string): string | null =>
  firstSaid(PHRASES[language] ?? [], sentence)
