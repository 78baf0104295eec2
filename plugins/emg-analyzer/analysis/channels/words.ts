/** Labels of channels as words. */

/** No label is longer in any format; what is longer is read to here. */
const LONGEST = 256

/** Letters that no normalisation takes apart. */
const LETTERS: Readonly<Record<string, string>> = { ø: 'o', Ø: 'O', ł: 'l', Ł: 'L', æ: 'ae', ß: 'ss' }

/**
 * Lower-case words without accents. Words begin at capitals and end at digits; a single letter keeps the digits that
 * follow it, since L5 is a vertebra and no side.
 *
 * @example
 * wordsOf('RVastus_Lat 2') // ['r', 'vastus', 'lat', '2']
 */
export const wordsOf = (label: string): string[] =>
  label
    .slice(0, LONGEST)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[øØłŁæß]/g, (letter) => LETTERS[letter] as string)
    .replace(/([A-Z])(left|right)/g, '$1 $2')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z]{2})/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase()
    .match(/\b[a-z]\d+\b|[a-z]+|\d+/g) ?? []
