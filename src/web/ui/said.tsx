/** What the server explains, in the language of the page where it is known, else in English and marked as such. */
import { knownSentence, said } from '../language/said.ts'

/** @example <Said text={metric.reason} /> */
export function Said({ text }: { readonly text: string }) {
  const known = knownSentence(text)
  return <span lang={known === null ? 'en' : undefined}>{said(text)}</span>
}
