/** The language of the page, and words in it. Words stand beside the view that says them. */
import { computed, signal } from '@preact/signals'

export const LANGUAGES = ['en', 'fr', 'de', 'nl'] as const
export type Language = (typeof LANGUAGES)[number]

/** Each in its own name, as people look for it. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  fr: 'Français',
  de: 'Deutsch',
  nl: 'Nederlands',
}

/** A word, or a function that puts what it is told into a sentence. */
type Word = string | ((...args: never[]) => string)
type Words = Readonly<Record<string, Word>>

/** English and French are whole; a word that another language lacks is said in English. */
export type Translations<W extends Words> = {
  readonly en: W
  readonly fr: { readonly [K in keyof W]: W[K] extends string ? string : W[K] }
} & {
  readonly [L in 'de' | 'nl']?: { readonly [K in keyof W]?: W[K] extends string ? string : W[K] }
}

/** What the browser asks for, best first; nothing where there is no browser. */
const asked: readonly string[] = navigator.languages ?? []

const ofBrowser = (): Language =>
  asked
    .map((tag) => tag.slice(0, 2).toLowerCase())
    .find((tag): tag is Language => (LANGUAGES as readonly string[]).includes(tag)) ?? 'en'

/** What was chosen; null: as the browser asks. */
export const chosenLanguage = signal<Language | null>(null)
export const language = computed<Language>(() => chosenLanguage.value ?? ofBrowser())

/** As figures and dates are written: the browser's own region of that language, where it names one. */
export const locale = computed<string>(
  () => asked.find((tag) => tag.toLowerCase().startsWith(language.value)) ?? language.value,
)

/** Behind a name, before what is said of it: French parts it from the name. @example <>{t.muscle}{colon()} {muscle}</> */
export const colon = (): string => (language.value === 'fr' ? '\u202f:' : ':')

/** All tables of words there are, by what they are called: for the test that finds what is not translated. */
export const tables = new Map<string, Translations<Words>>()

/**
 * Declares words. Call the answer in a component for those of the language that the page is in.
 *
 * @param name of the table, unique
 * @example
 * export const words = defineWords('upload', {
 *   en: { title: 'Upload', files: (n: number) => (n === 1 ? '1 file' : `${n} files`) },
 *   fr: { title: 'Envoyer', files: (n: number) => (n < 2 ? `${n} fichier` : `${n} fichiers`) },
 * })
 * const t = words()
 * t.files(3)
 */
export function defineWords<W extends Words>(name: string, translations: Translations<W>): () => W {
  tables.set(name, translations as unknown as Translations<Words>)
  return () => ({ ...translations.en, ...(translations[language.value] as Partial<W> | undefined) })
}
