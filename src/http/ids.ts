/** UUIDs of a request as the database writes them: caches, the audit log and whoever compares know one text for each. */
import type * as v from 'valibot'

/** What of a valibot schema tells that it takes a UUID. */
interface Described {
  readonly type: string
  readonly entries?: Readonly<Record<string, Described>>
  readonly pipe?: readonly Described[]
  readonly wrapped?: Described
}

const isUuid = ({ type, pipe = [], wrapped }: Described): boolean =>
  type === 'uuid' || pipe.some(isUuid) || (wrapped !== undefined && isUuid(wrapped))

const known = new WeakMap<object, readonly string[]>()

/** The names of the entries of a schema that are UUIDs. */
function namesOf(schema: v.GenericSchema): readonly string[] {
  const found = known.get(schema)
  if (found) return found
  const { entries = {} } = schema as Described
  const names = Object.keys(entries).filter((name) => isUuid(entries[name] as Described))
  known.set(schema, names)
  return names
}

/**
 * The parameters of a path or a query, with the UUIDs among them in small letters: they may come in capitals.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9562#section-4
 */
export function withCanonicalIds(
  schema: v.GenericSchema,
  input: Readonly<Record<string, string>>,
): Record<string, string> {
  const changed = { ...input }
  for (const name of namesOf(schema)) {
    const id = changed[name]
    if (id !== undefined) changed[name] = id.toLowerCase()
  }
  return changed
}
