/** Says in the headers of an answer how the cache served it. */
import type { Provenance } from '../cache/cache.ts'

/** `X-Cache: HIT; tier=memory; age=12` (age in seconds) and the standard `Age`. */
export function cacheHeaders({ status, tier, ageMs }: Provenance): Record<string, string> {
  const age = Math.round(ageMs / 1000)
  return { 'x-cache': `${status}; tier=${tier}; age=${age}`, age: String(age) }
}
