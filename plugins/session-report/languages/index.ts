/** The languages that reports are written in: a table of texts each. To add one, add its table here. */
import type { Context } from 'hono'
import { accepts } from 'hono/accepts'
import { clean, translatedSentence } from '../../../src/sdk.ts'
import { type Figures, figuresWith } from '../figures.ts'
import { type Markup, markup, own } from '../markup.ts'
import { en } from './en.ts'
import { fr } from './fr.ts'
import type { Texts } from './texts.ts'

interface LanguageDefinition {
  readonly texts: Texts
  /** The mark between a number and its decimals. */
  readonly decimal: '.' | ','
}

const DEFINITIONS = {
  en: { texts: en, decimal: '.' },
  fr: { texts: fr, decimal: ',' },
} as const satisfies Readonly<Record<string, LanguageDefinition>>

/** BCP 47 tag of a language. */
export type LanguageCode = keyof typeof DEFINITIONS

/** The languages there are; the first holds where none is asked for. */
export const LANGUAGES = Object.keys(DEFINITIONS) as LanguageCode[]

/** What a page is written with. */
export interface Language {
  readonly code: LanguageCode
  readonly texts: Texts
  readonly figures: Figures
  /** A sentence of the analysis, which is English: in this language, or marked as English where it is not known. */
  say(sentence: string): Markup
}

export function languageOf(code: LanguageCode): Language {
  const { texts, decimal }: LanguageDefinition = DEFINITIONS[code]
  return {
    code,
    texts,
    figures: figuresWith(decimal),
    say(whole) {
      const sentence = clean(whole)
      if (code === 'en') return own(sentence)
      const said = translatedSentence(code, sentence)
      return said === null ? markup`<bdi lang="en">${sentence}</bdi>` : own(said)
    },
  }
}

/** What a client likes best of what there is, by the first part of its tags: `fr-BE` is French. */
export const acceptedLanguage = (c: Context): LanguageCode =>
  accepts(c, {
    header: 'Accept-Language',
    supports: LANGUAGES,
    default: LANGUAGES[0] as string,
    match: (asked, { supports, default: fallback }) =>
      asked
        .filter(({ q }) => q > 0)
        .toSorted((a, b) => b.q - a.q)
        .map(({ type }) => type.toLowerCase().split('-')[0])
        .find((tag) => tag === '*' || (tag !== undefined && supports.includes(tag)))
        ?.replace('*', fallback) ?? fallback,
  }) as LanguageCode
