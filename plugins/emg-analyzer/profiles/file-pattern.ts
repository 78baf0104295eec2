/** Patterns of file names: `*` for any characters, `?` for one, in any case. */

/**
 * Matches without backtracking over more than the last star, so that no pattern takes long.
 *
 * @example
 * matchesFile('Ghostly_*.c3d', 'ghostly_emg_1.c3d') // true
 */
export function matchesFile(pattern: string, fileName: string): boolean {
  const wanted = pattern.toLowerCase()
  const name = fileName.toLowerCase()
  let at = 0
  let place = 0
  let star = -1
  let retry = 0
  while (place < name.length) {
    if (at < wanted.length && (wanted[at] === '?' || wanted[at] === name[place]) && wanted[at] !== '*') {
      at++
      place++
    } else if (wanted[at] === '*') {
      star = at++
      retry = place
    } else if (star >= 0) {
      at = star + 1
      place = ++retry
    } else return false
  }
  while (wanted[at] === '*') at++
  return at === wanted.length
}
