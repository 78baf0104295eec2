/** The audit log in REST, for those who run the server. Asking for it is recorded too. */

import { sql } from 'drizzle-orm'
import * as v from 'valibot'
import type { Database } from '../database/connection.ts'
import { messageOf } from '../exit.ts'
import { cutPage, PageLimit, pageOf } from '../http/paging.ts'
import { type Route, route } from '../http/route.ts'
import type { Permission } from '../identity/permission.ts'
import { readAnchor } from './anchor.ts'
import { AUDIT_OUTCOMES } from './contract.ts'
import { EXPORT_FORMATS, EXPORT_TYPES, exportText } from './export.ts'
import { FILTER, whereOf } from './filter.ts'
import { latestEntries } from './statements.ts'
import { verifyChain } from './verify.ts'

const READ = 'audit:read'

/** The permissions of these routes. */
export const AUDIT_PERMISSIONS: readonly Permission[] = [
  { name: READ, summary: 'Read, export and verify the audit log', roles: [] },
]

const Entry = v.object({
  id: v.pipe(v.string(), v.uuid()),
  at: v.pipe(v.string(), v.isoTimestamp()),
  actor: v.pipe(v.string(), v.description('Id of an identity')),
  action: v.string(),
  route: v.string(),
  records: v.array(v.object({ kind: v.string(), id: v.string() })),
  count: v.pipe(v.nullable(v.number()), v.description('How many records the answer of a list held')),
  outcome: v.picklist(AUDIT_OUTCOMES),
  code: v.nullable(v.string()),
  address: v.nullable(v.string()),
  requestId: v.nullable(v.string()),
  node: v.pipe(v.string(), v.description('The machine that wrote it')),
  seq: v.pipe(v.nullable(v.number()), v.description('Place in the chain; null for a second at most')),
  previous: v.nullable(v.string()),
  hash: v.nullable(v.string()),
})

const Verified = v.object({
  isWhole: v.boolean(),
  entries: v.number(),
  first: v.nullable(v.number()),
  last: v.nullable(v.number()),
  head: v.pipe(v.nullable(v.string()), v.description('Hash of the last entry: note it elsewhere')),
  breaks: v.pipe(v.array(v.string()), v.description('What is wrong, a sentence each, the first twenty')),
})

const streamed = (parts: AsyncGenerator<string, void>): ReadableStream<Uint8Array> => {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await parts.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    cancel: async () => void (await parts.return()),
  })
}

/** @param folder of the anchor */
export const auditRoutes = (db: Database, folder: string): Route[] => [
  route({
    method: 'get',
    path: '/api/audit',
    summary: 'Who did what: the entries of the audit log, the latest first',
    policy: READ,
    query: v.object({ ...FILTER, cursor: v.optional(v.pipe(v.string(), v.uuid())), limit: PageLimit }),
    answers: { 200: { description: 'A page', schema: pageOf(Entry) } },
    async handle({ query: { cursor, limit, ...filter } }) {
      const behind = cursor === undefined ? sql`true` : sql`id < ${cursor}::uuid`
      const entries = await latestEntries(db, sql`${whereOf(filter)} and ${behind}`, limit + 1)
      return cutPage(entries, limit, ({ id }) => id)
    },
  }),
  route({
    method: 'get',
    path: '/api/audit/export',
    summary: 'The chain as a file, in its order: NDJSON, which another program can verify, or CSV',
    policy: READ,
    query: v.object({ ...FILTER, format: v.optional(v.picklist(EXPORT_FORMATS), 'ndjson') }),
    answers: { 200: { description: 'All sealed entries that fit', mediaType: EXPORT_TYPES.ndjson } },
    handle: ({ query: { format, ...filter } }) =>
      new Response(streamed(exportText(db, format, filter)), {
        headers: {
          'content-type': EXPORT_TYPES[format],
          'content-disposition': `attachment; filename="audit.${format}"`,
          'cache-control': 'no-store',
        },
      }),
  }),
  route({
    method: 'get',
    path: '/api/audit/verify',
    summary: 'Whether the chain is whole: nothing of it edited, removed, put elsewhere or cut off',
    policy: READ,
    answers: { 200: { description: 'What was found', schema: Verified } },
    async handle() {
      const lost: string[] = []
      const anchor = await readAnchor(folder).catch((error) => void lost.push(messageOf(error)))
      const found = await verifyChain(db, { anchors: anchor ? [anchor] : [] })
      const breaks = [...lost, ...found.breaks]
      return { isWhole: breaks.length === 0, ...found, breaks }
    },
  }),
]
