/** A sentence of the program in another language: the pattern of the English one, and what to say instead. */
export type Phrase = readonly [pattern: RegExp, say: (...parts: string[]) => string]

/** What the first phrase says whose pattern fits; null where none does. */
export function firstSaid(phrases: readonly Phrase[], sentence: string): string | null {
  for (const [pattern, say] of phrases) {
    const match = pattern.exec(sentence)
    if (match) return say(...match.slice(1))
  }
  return null
}
