/** The identity of a request to a cached route: all that its answer may depend on, and nothing else. */
import type * as v from 'valibot'
import type { CachedRoute } from './route.ts'

/** What of a request reaches the handler of a cached route, as it came. */
export interface CacheableRequest {
  readonly subject: string
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
}

const byName = ([a]: readonly [string, string], [b]: readonly [string, string]): number =>
  a < b ? -1 : a > b ? 1 : 0

/** The names that a schema takes; null where it takes any. */
function namesOf(schema: v.GenericSchema<unknown, unknown> | undefined): ReadonlySet<string> | null {
  if (!schema) return new Set()
  const { type, entries } = schema as { type: string; entries?: object }
  return type === 'object' && entries ? new Set(Object.keys(entries)) : null
}

/**
 * Text that two requests share only where their handler gets the same: JSON, whose quotes keep the parts apart. What the
 * schema of a route does not take is left out, so that a caller cannot fill the cache with copies of one answer.
 */
export function requestKey(
  { path, query: schema }: Pick<CachedRoute, 'path' | 'query'>,
  { subject, params, query }: CacheableRequest,
): string {
  const names = namesOf(schema)
  const taken = Object.entries(query).filter(([name]) => names === null || names.has(name))
  return JSON.stringify([subject, path, Object.entries(params).toSorted(byName), taken.toSorted(byName)])
}
