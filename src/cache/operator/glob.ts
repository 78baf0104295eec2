/** Patterns of operators, such as `session:*`: a star stands for any text, all else for itself. */

/** Stands in for a parameter of a key pattern: no glob can name it, so that only a star takes it. */
const ANY = '\0'

const anonymous = (pattern: string): string => pattern.replace(/\{\w+\}/g, ANY)

/**
 * Whether a glob matches a text, in time linear in both.
 *
 * @param parts the glob, split at its stars
 */
function matches(parts: readonly string[], text: string): boolean {
  const [first = '', ...rest] = parts
  const last = rest.pop()
  if (last === undefined) return text === first
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last))
    return false
  const end = text.length - last.length
  let from = first.length
  for (const part of rest) {
    const at = text.indexOf(part, from)
    if (at < 0 || at + part.length > end) return false
    from = at + part.length
  }
  return true
}

/**
 * Whether some key is of both: steps through both as automata, one character at a time.
 *
 * @param keys a pattern with {@link ANY} for each parameter, which is one character or more, none of them a colon
 */
function overlap(glob: string, keys: string): boolean {
  const width = glob.length + 1
  const seen = new Set<number>()
  const open: number[] = []
  const reach = (i: number, j: number): void => {
    const state = i * width + j
    if (seen.has(state)) return
    seen.add(state)
    open.push(state)
    if (glob[j] === '*') reach(i, j + 1)
  }
  reach(0, 0)
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    const i = Math.floor(state / width)
    const j = state % width
    const key = keys[i]
    const want = glob[j]
    if (key === undefined || want === undefined) {
      if (key === want) return true
      continue
    }
    if (want !== '*' && (key === ANY ? want === ':' : want !== key)) continue
    const next = want === '*' ? j : j + 1
    reach(i + 1, next)
    if (key === ANY) reach(i, next)
  }
  return false
}

export interface Glob {
  /** What stands before the first star: all that matches begins with it. */
  readonly prefix: string
  matches(key: string): boolean
  /** Whether it matches every key of a pattern such as `session:{sessionId}:metadata`. */
  covers(pattern: string): boolean
  /** Whether it matches some key of a pattern. */
  overlaps(pattern: string): boolean
}

/**
 * @throws {RangeError} when it is empty, or holds a control character
 * @example
 * createGlob('session:*').covers('session:{sessionId}:metadata') // true
 * createGlob('session:7*').overlaps('session:{sessionId}:metadata') // true
 */
export function createGlob(pattern: string): Glob {
  if (pattern === '' || /\p{Cc}/u.test(pattern)) throw new RangeError(`"${pattern}" is no pattern of keys`)
  const parts = pattern.split('*')
  return {
    prefix: parts[0] as string,
    matches: (key) => matches(parts, key),
    covers: (keys) => matches(parts, anonymous(keys)),
    overlaps: (keys) => overlap(pattern, anonymous(keys)),
  }
}
