/** Where a browser goes after a login: a place on this server, and nowhere else. */
import * as v from 'valibot'

/** Stands for this server: nothing is ever asked there. */
const HERE = 'http://here.invalid'

/**
 * A path of this server as browsers read it, with its query and fragment. Undefined for everything that leads
 * elsewhere: another origin, in any way that browsers take for one.
 *
 * @see https://url.spec.whatwg.org/#concept-basic-url-parser
 */
export function pathHere(text: string): string | undefined {
  if (!text.startsWith('/') || !URL.canParse(text, HERE)) return undefined
  const { origin, pathname, search, hash } = new URL(text, HERE)
  // `/.//elsewhere` is a path of ours until it is read once more.
  if (origin !== HERE || pathname.startsWith('//')) return undefined
  return pathname + search + hash
}

export const ReturnTo = v.pipe(
  v.string(),
  v.maxLength(2048),
  v.transform(pathHere),
  v.string('expected a path of this server'),
  // As it is written out: a letter may take nine characters.
  v.maxLength(4096),
  v.description('Path of this server to go to afterwards'),
)
