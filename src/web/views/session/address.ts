/** Keeps in the address what of a view is worth sharing. */
import { go, href, path, query } from '../../app/router.ts'

/** Changes some of the query, and leaves no way back to each step. Null and undefined take one out. */
export function setQuery(changes: Readonly<Record<string, string | number | null | undefined>>): void {
  const address = href(path.value, { ...Object.fromEntries(query.value), ...changes })
  if (address !== location.hash) go(address, 'replace')
}
