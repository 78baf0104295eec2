/** Words for what the server names by a code. */

/** The word of a table that is called so; undefined where the table has none, as for the code of a plugin. */
export function wordOf(table: object, name: string): string | undefined {
  const word = Object.hasOwn(table, name) ? (table as Readonly<Record<string, unknown>>)[name] : undefined
  return typeof word === 'string' ? word : undefined
}
