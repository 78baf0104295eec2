/** Names the shape of a namespace's values, so that an entry that was checked as it was written is not checked again. */
import type * as v from 'valibot'

/** What says nothing of the shape: how valibot runs, and who made the schema. */
const SILENT = new Set(['reference', '~run', '~standard', '~types'])

/** Functions and expressions decide too: a check that was changed makes another shape. */
const textOf = (name: string, value: unknown): unknown => {
  if (SILENT.has(name)) return undefined
  return typeof value === 'function' || value instanceof RegExp ? String(value) : value
}

/**
 * A tag that all entries of one schema have. It is never bumped; who finds it among the tags of an entry whose bytes
 * are those that were written knows that this very schema has accepted them.
 */
export function shapeTag(schema: v.GenericSchema): string {
  try {
    return `shape:${Bun.hash(JSON.stringify(schema, textOf)).toString(36)}`
  } catch {
    // A schema that contains itself has no text: its entries are checked each time.
    return `shape:${crypto.randomUUID()}`
  }
}
