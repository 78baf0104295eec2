/** One entry of the audit log: who did what, to which records, when, from where, and how it ended. */
import type { Acting } from '../identity/acting.ts'
import type { RecordRef } from '../identity/record.ts'
import type { AUDIT_OUTCOMES, AuditEvent } from './contract.ts'

/** An entry as it is written, before it has a place in the chain. */
export interface AuditEntry {
  /** UUIDv7 of the time in `at`. */
  readonly id: string
  /** ISO 8601 in UTC, to the millisecond. */
  readonly at: string
  /** Id of an identity: `user:…`, `key:…`, `open`, `system`, `nobody`. */
  readonly actor: string
  readonly action: string
  readonly route: string
  readonly records: readonly RecordRef[]
  /** How many records the answer of a list held. */
  readonly count: number | null
  readonly outcome: (typeof AUDIT_OUTCOMES)[number]
  readonly code: string | null
  readonly address: string | null
  readonly requestId: string | null
  /** The machine that wrote it. */
  readonly node: string
}

/** An entry of the chain. */
export interface SealedEntry extends AuditEntry {
  /** From 1 on, without gaps. */
  readonly seq: number
  /** Hash of the entry before it. */
  readonly previous: string
  /** See {@link entryHash}. */
  readonly hash: string
}

/** What ids of records look like. Anything else came from outside, and may be a name. */
const ID = /^[\w.:=-]{1,100}$/

/** Stands for an id that is none. */
const NO_ID = '?'

/** A route could be asked to name more than anybody reads. */
const MOST_RECORDS = 100

const CODE = /^[A-Z][A-Z0-9_]{1,63}$/

const recordsOf = (records: readonly RecordRef[]): RecordRef[] =>
  records.slice(0, MOST_RECORDS).map(({ kind, id }) => ({ kind, id: ID.test(id) ? id : NO_ID }))

const text = (value: string | null, most: number): string | null =>
  value === null ? null : value.replace(/[^\x21-\x7e]/g, '').slice(0, most)

/** Who acts where nobody has said so: the server, by a clock of its own. */
export type By = Pick<Acting, 'action' | 'route' | 'records' | 'count' | 'address' | 'requestId'> & {
  readonly identity: Pick<Acting['identity'], 'id'>
}

/** @param now ms since 1970 */
export function entryOf(
  by: By,
  event: Omit<AuditEvent, 'action'> & { action?: string },
  node: string,
  now: number,
): AuditEntry {
  const { outcome, action = by.action, code, actor = by.identity.id, records = [] } = event
  return {
    id: Bun.randomUUIDv7('hex', now),
    at: new Date(now).toISOString(),
    actor: text(actor, 100) ?? '',
    action: text(action, 100) ?? '',
    route: by.route,
    records: recordsOf(records.length > 0 ? [...by.records, ...records] : by.records),
    count: by.count,
    outcome,
    code: code !== undefined && CODE.test(code) ? code : null,
    address: text(by.address, 64),
    requestId: text(by.requestId, 64),
    node,
  }
}
