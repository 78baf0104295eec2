/** Optimistic concurrency: who changes a record says which version of it was seen. RFC 9110, section 13.1.1. */
import type { Context } from 'hono'
import { Problem } from './problem.ts'

/** The entity tags of `If-Match`, or `*` for any version that there is. */
export type Expected = '*' | readonly string[]

/** The strong entity tag of a record's version. */
export const versionTag = (version: number): string => `"v${version}"`

/** An entity tag, or what passes for one and matches nothing. */
const TAG = /(?:W\/)?"[^"]*"|[^\s,]+/g

/**
 * What a request expects of the record that it changes; undefined where it says nothing, and so changes any version.
 *
 * @example
 * store.update(id, await readJson(c, Changes), ifMatch(c))
 */
export function ifMatch(c: Context): Expected | undefined {
  const header = c.req.header('if-match')?.trim()
  if (header === undefined) return undefined
  return header === '*' ? '*' : (header.match(TAG) ?? [])
}

/**
 * To be called in the transaction of the change, under the record's lock. Weak tags never match.
 *
 * @param version of the record as it is now
 * @throws {Problem} 412 VERSION_MISMATCH
 */
export function requireVersion(expected: Expected | undefined, version: number): void {
  if (expected === undefined || expected === '*' || expected.includes(versionTag(version))) return
  throw new Problem(
    412,
    'VERSION_MISMATCH',
    'Somebody has changed this since; read it again, and change that.',
    { headers: { etag: versionTag(version) } },
  )
}
