/** How texts are written: what no text may have, and what French asks for. */

const RULES: ReadonlyArray<readonly [what: string, pattern: RegExp]> = [
  ['three points in place of an ellipsis', /\.\.\./],
  ['what a program says in place of nothing', /\bundefined\b|\bNaN\b|\[object |\bInfinity\b/],
  ['two spaces', / {2}/],
  ['a space at an end', /^\s|\s$/],
]

/** @see https://fr.wikipedia.org/wiki/Ponctuation, as it is printed in Belgium */
const FRENCH: ReadonlyArray<readonly [what: string, pattern: RegExp]> = [
  ['a straight apostrophe', /\p{L}'\p{L}/u],
  ['a mark without its own space before it', /(?<![\u00a0\u202f\d:;?!([])[:;?!](?=\s|$)/],
  ['quotation marks of another language', /["“”]/],
  ['guillemets without their spaces', /«(?![\u00a0\u202f])|(?<![\u00a0\u202f])»/],
]

const mistakesBy =
  (rules: typeof RULES) =>
  (text: string): string[] =>
    rules.filter(([, pattern]) => pattern.test(text)).map(([what]) => what)

/** What no text may have, whatever its language. */
export const textMistakes = mistakesBy(RULES)

/** What French may not have. */
export const frenchMistakes = mistakesBy(FRENCH)
