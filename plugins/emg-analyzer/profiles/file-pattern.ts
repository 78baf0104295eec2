/** Patterns of file names: `*` for any characters, `?` for one, in any case. */

/**
 * Characters, in one form and one case: file names of one system spell é as e with an accent. Each by itself, since the
 * lower case of some depends on what stands before them.
 */
const charactersOf = (text: string): string[] => [...text.normalize('NFC')].map((each) => each.toLowerCase())

/**
 * Matches without backtracking over more than the last star, so that no pattern takes long: at most the product of
 * both lengths.
 *
 * @example
 * matchesFile('Ghostly_*.c3d', 'ghostly_emg_1.c3d') // true
 */
export function matchesFile(pattern: string, fileName: string): boolean {
  const wanted = charactersOf(pattern)
  const name = charactersOf(fileName)
  let at = 0
  let place = 0
  let star = -1
  let retry = 0
  while (place < name.length) {
    if (wanted[at] === '*') {
      star = at++
      retry = place
    } else if (at < wanted.length && (wanted[at] === '?' || wanted[at] === name[place])) {
      at++
      place++
    } else if (star >= 0) {
      at = star + 1
      place = ++retry
    } else return false
  }
  while (wanted[at] === '*') at++
  return at === wanted.length
}
