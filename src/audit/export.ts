/** The chain as a file: NDJSON, which another program can verify, or CSV for a table. */
import type { Database } from '../database/connection.ts'
import type { SealedEntry } from './entry.ts'
import { type AuditFilter, whereOf } from './filter.ts'
import { chainAfter } from './statements.ts'

/** Entries in memory at once. */
const PAGE = 1000

export const EXPORT_FORMATS = ['ndjson', 'csv'] as const

export type ExportFormat = (typeof EXPORT_FORMATS)[number]

export const EXPORT_TYPES = { ndjson: 'application/x-ndjson', csv: 'text/csv; charset=utf-8' } as const

/** In the order of the columns. */
const FIELDS = [
  'seq',
  'id',
  'at',
  'actor',
  'action',
  'route',
  'records',
  'count',
  'outcome',
  'code',
  'address',
  'requestId',
  'node',
  'previous',
  'hash',
] as const satisfies readonly (keyof SealedEntry)[]

/** What a table would take for a formula. @see https://owasp.org/www-community/attacks/CSV_Injection */
const FORMULA = /^[=+\-@\t\r]/

const cell = (value: string | number | null): string => {
  const text = String(value ?? '')
  const safe = FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const csvLine = (entry: SealedEntry): string =>
  FIELDS.map((field) => {
    const value = entry[field]
    return cell(
      typeof value === 'object' && value !== null
        ? value.map(({ kind, id }) => `${kind}:${id}`).join(' ')
        : value,
    )
  }).join(',')

const ndjsonLine = (entry: SealedEntry): string =>
  JSON.stringify(Object.fromEntries(FIELDS.map((field) => [field, entry[field]])))

/** The text of an export, part by part, in the order of the chain. What is not sealed yet is not in it. */
export async function* exportText(
  db: Database,
  format: ExportFormat,
  filter: AuditFilter,
): AsyncGenerator<string, void> {
  const where = whereOf(filter)
  const line = format === 'csv' ? csvLine : ndjsonLine
  const end = format === 'csv' ? '\r\n' : '\n'
  if (format === 'csv') yield FIELDS.join(',') + end
  for (let last = 0; ; ) {
    const page = await chainAfter(db, last, PAGE, where)
    if (page.length > 0) yield page.map((each) => line(each) + end).join('')
    if (page.length < PAGE) return
    last = page.at(-1)?.seq ?? last
  }
}
