/** Which entries of the log are asked for. */
import { type SQL, sql } from 'drizzle-orm'
import * as v from 'valibot'
import { Instant } from '../http/times.ts'
import { AUDIT_OUTCOMES } from './contract.ts'

const described = (what: string, schema: v.GenericSchema<string>) =>
  v.optional(v.pipe(schema, v.description(what)))

const word = v.pipe(v.string(), v.maxLength(100))

/** The parameters of a query by which entries are chosen. */
export const FILTER = {
  actor: described('Id of an identity, such as `user:…`, `key:…`, `system`', word),
  action: described('A permission such as `patients:write`, or a word such as `login`', word),
  record: described(
    'A record by kind and id, such as `patient:P001`',
    v.pipe(
      v.string(),
      v.regex(/^[\w-]{1,40}:[\w.:=-]{1,100}$/, 'expected a kind and an id such as patient:P001'),
    ),
  ),
  outcome: v.optional(v.pipe(v.picklist(AUDIT_OUTCOMES), v.description('How it ended'))),
  from: v.optional(v.pipe(Instant, v.description('Not before this time'))),
  to: v.optional(v.pipe(Instant, v.description('Before this time'))),
}

export type AuditFilter = { readonly [K in keyof typeof FILTER]?: v.InferOutput<(typeof FILTER)[K]> }

/** The least id of a time: ids are UUIDv7. */
const idAt = (time: Date | string): string => {
  const hex = new Date(time).getTime().toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}

export function whereOf({ actor, action, record, outcome, from, to }: AuditFilter): SQL {
  const parts = [sql`true`]
  if (actor !== undefined) parts.push(sql`actor = ${actor}`)
  if (action !== undefined) parts.push(sql`action = ${action}`)
  if (outcome !== undefined) parts.push(sql`outcome = ${outcome}`)
  if (from !== undefined) parts.push(sql`id >= ${idAt(from)}::uuid`)
  if (to !== undefined) parts.push(sql`id < ${idAt(to)}::uuid`)
  if (record !== undefined) {
    const at = record.indexOf(':')
    const wanted = [{ kind: record.slice(0, at), id: record.slice(at + 1) }]
    parts.push(sql`records @> ${JSON.stringify(wanted)}::text::jsonb`)
  }
  return sql.join(parts, sql` and `)
}
